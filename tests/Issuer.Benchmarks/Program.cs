using Issuer.Benchmarks.Verbs;
using Issuer.Server.Edge.Verbs;

return await RootVerb.RunAsync(BenchVerb.Create(), args);
