namespace Shop.Web.Engine;

/// <summary>One service of the running app.</summary>
public sealed record EngineService(string Name, IReadOnlyList<EngineReplica> Replicas);
