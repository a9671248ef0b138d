using CloudNative.Health;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using OpenTelemetry.Instrumentation.AspNetCore;

namespace CloudNative.Sdk.Telemetry;

/// <summary>Leaves our probes out of the traces, beside what the service's own filter leaves out.</summary>
internal sealed class ProbeFilter(IOptions<HealthOptions> health) : IPostConfigureOptions<AspNetCoreTraceInstrumentationOptions>
{
    public void PostConfigure(string? name, AspNetCoreTraceInstrumentationOptions options)
    {
        var own = options.Filter;
        var paths = health.Value.Paths;
        string[] probes = [paths.Startup, paths.Ready, paths.Live];
        options.Filter = context => !IsProbe(context.Request.Path, probes) && (own is null || own(context));
    }

    private static bool IsProbe(PathString path, string[] probes)
    {
        foreach (var probe in probes)
        {
            if (string.Equals(path.Value, probe, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
