namespace CloudNative.Local.Control;

/// <summary>One line that a client sends.</summary>
/// <param name="Command">What to do; see <see cref="ControlCommands"/>.</param>
/// <param name="Service">Which service.</param>
/// <param name="Replica">Which of its replicas, from 1.</param>
internal sealed record ControlRequest(string? Command, string? Service, int? Replica);
