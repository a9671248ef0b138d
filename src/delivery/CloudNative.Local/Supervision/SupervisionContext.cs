using CloudNative.Local.Output;
using CloudNative.Local.Ports;
using CloudNative.Local.Running;

namespace CloudNative.Local.Supervision;

/// <summary>What all replicas of a run share.</summary>
/// <param name="Options">How the app is run.</param>
/// <param name="Directory">The run's directory.</param>
/// <param name="Ports">Where ports come from.</param>
/// <param name="Console">What the user sees.</param>
/// <param name="Time">The clock.</param>
/// <param name="Control">The socket by which the run is controlled; null when there is none.</param>
internal sealed record SupervisionContext(
    LocalAppOptions Options,
    RunDirectory Directory,
    PortAllocator Ports,
    AppConsole Console,
    TimeProvider Time,
    string? Control = null)
{
    public bool ShowsAll(string service) =>
        Options.Logs.Any(name => name == service || string.Equals(name, "all", StringComparison.OrdinalIgnoreCase));
}
