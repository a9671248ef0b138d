namespace CloudNative.Local.Control;

/// <summary>A replica as it is told to clients.</summary>
internal sealed record ControlReplica(
    string Name,
    int Number,
    string State,
    string? Address,
    IReadOnlyDictionary<string, string>? Endpoints,
    int? ProcessId,
    int Starts);
