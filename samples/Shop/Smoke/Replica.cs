namespace Shop.Smoke;

/// <summary>One instance of a service, as the gateway says it.</summary>
/// <param name="Id">Its id; a process that is started again has another one.</param>
/// <param name="Name">Its name in the local engine.</param>
/// <param name="TakesCalls">Whether the gateway calls it.</param>
internal sealed record Replica(string Id, string Name, bool TakesCalls);
