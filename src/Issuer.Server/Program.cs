using Issuer.Server.Verbs;

return await RootVerb.RunAsync(args);
