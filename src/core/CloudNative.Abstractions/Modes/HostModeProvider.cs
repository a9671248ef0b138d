using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Modes;

/// <summary>What configuration says, else the first detector with an opinion, else a service.</summary>
internal sealed class HostModeProvider(IServiceProvider services) : IHostModeProvider
{
    internal const string Key = "CloudNative:Hosting:Mode";

    // Lazy: a detector may look at the web server, which must not be made while it is being made.
    private readonly Lazy<HostMode> _mode = new(() => Find(services));

    public HostMode Mode => _mode.Value;

    /// <summary>Reads the override; a value that is no mode counts as none here and is reported by the check.</summary>
    internal static bool TryParse(string? value, out HostMode mode) =>
        Enum.TryParse(value, ignoreCase: true, out mode) && Enum.IsDefined(mode) && !char.IsDigit(value![0]);

    private static HostMode Find(IServiceProvider services)
    {
        if (TryParse(services.GetService<IConfiguration>()?[Key], out var named))
        {
            return named;
        }

        return services.GetServices<IHostModeDetector>()
            .Select(detector => detector.Detect())
            .FirstOrDefault(mode => mode is not null) ?? HostMode.Service;
    }
}
