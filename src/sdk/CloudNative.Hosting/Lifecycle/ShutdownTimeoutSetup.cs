using CloudNative.Lifecycle;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CloudNative.Hosting.Lifecycle;

/// <summary>
/// Raises the host's ShutdownTimeout so that the wait and the drain fit into it; what the user set higher stays.
/// </summary>
internal sealed class ShutdownTimeoutSetup(IOptions<LifecycleOptions> options) : IPostConfigureOptions<HostOptions>
{
    internal static readonly TimeSpan Reserve = TimeSpan.FromSeconds(5);

    public void PostConfigure(string? name, HostOptions host)
    {
        LifecycleOptions lifecycle;
        try
        {
            lifecycle = options.Value;
        }
        catch (Exception exception) when (exception is OptionsValidationException or InvalidOperationException)
        {
            // The host is being built; validation at start says what is wrong, together with everything else.
            return;
        }

        var needed = lifecycle.PropagationTimeout + lifecycle.DrainTimeout + Reserve;
        if (host.ShutdownTimeout != Timeout.InfiniteTimeSpan && host.ShutdownTimeout < needed)
        {
            host.ShutdownTimeout = needed;
        }
    }
}
