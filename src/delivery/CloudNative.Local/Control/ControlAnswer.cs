namespace CloudNative.Local.Control;

/// <summary>One line that a client gets: whether it was done and, for those who asked, the app's state.</summary>
/// <param name="Ok">Whether it was done.</param>
/// <param name="Error">Why not.</param>
/// <param name="App">The app's name.</param>
/// <param name="Phase">How far the run has come.</param>
/// <param name="Services">All services with their replicas.</param>
internal sealed record ControlAnswer(
    bool Ok, string? Error = null, string? App = null, string? Phase = null, IReadOnlyList<ControlService>? Services = null);
