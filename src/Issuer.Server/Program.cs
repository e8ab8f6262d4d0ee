using Issuer.Server.Edge.Verbs;

return await RootVerb.RunAsync(args);
