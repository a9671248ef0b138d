using System.Globalization;
using System.Net;
using CloudNative.Configuration;
using Microsoft.Extensions.Options;

namespace CloudNative.Discovery.Configuration;

/// <summary>Checks <see cref="DiscoveryOptions"/>; finds everything at once.</summary>
internal sealed class DiscoveryOptionsValidator : IValidateOptions<DiscoveryOptions>
{
    private const string Section = DiscoveryOptions.SectionName;

    public ValidateOptionsResult Validate(string? name, DiscoveryOptions options)
    {
        var problems = new ConfigurationProblems();
        problems.RequireRange(
            DiscoveryErrors.OutOfRange,
            $"{Section}:FirstAnswerTimeout",
            options.FirstAnswerTimeout,
            TimeSpan.FromMilliseconds(10),
            TimeSpan.FromMinutes(1));
        problems.RequireRange(
            DiscoveryErrors.OutOfRange,
            $"{Section}:EmptyAnswerGracePeriod",
            options.EmptyAnswerGracePeriod,
            TimeSpan.Zero,
            TimeSpan.FromHours(1));
        problems.RequireRange(
            DiscoveryErrors.OutOfRange,
            $"{Section}:IdleTimeout",
            options.IdleTimeout,
            TimeSpan.FromMinutes(1),
            TimeSpan.FromDays(1));
        CheckEjection(options.Ejection, problems);
        CheckAdvertise(options.Advertise, problems);
        return problems.ToResult();
    }

    private static void CheckEjection(EjectionOptions options, ConfigurationProblems problems)
    {
        const string Prefix = $"{Section}:Ejection";
        var shortest = TimeSpan.FromMilliseconds(100);
        problems.RequireRange(DiscoveryErrors.OutOfRange, $"{Prefix}:ConsecutiveFailures", options.ConsecutiveFailures, 1, 100);
        problems.RequireRange(
            DiscoveryErrors.OutOfRange,
            $"{Prefix}:BaseDuration",
            options.BaseDuration,
            shortest,
            TimeSpan.FromMinutes(10));
        problems.RequireRange(DiscoveryErrors.OutOfRange, $"{Prefix}:MaxPercent", options.MaxPercent, 0, 100);
        problems.RequireRange(
            DiscoveryErrors.OutOfRange, $"{Prefix}:Interval", options.Interval, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        problems.RequireRange(DiscoveryErrors.OutOfRange, $"{Prefix}:MinimumVolume", options.MinimumVolume, 10, 1_000_000);
        problems.RequireRange(DiscoveryErrors.OutOfRange, $"{Prefix}:SuccessRateDeviations", options.SuccessRateDeviations, 0, 100);
        if (options.LatencyFactor != 0)
        {
            problems.RequireRange(DiscoveryErrors.OutOfRange, $"{Prefix}:LatencyFactor", options.LatencyFactor, 1.5, 1000);
        }

        if (options.MaxDuration < options.BaseDuration || options.MaxDuration > TimeSpan.FromHours(1))
        {
            problems.Add(
                DiscoveryErrors.OutOfRange,
                $"{Prefix}:MaxDuration",
                $"{options.MaxDuration}",
                $"{Prefix}:BaseDuration ({options.BaseDuration}) to {TimeSpan.FromHours(1)}",
                "Raise it, or lower the base.");
        }
    }

    private static void CheckAdvertise(AdvertiseOptions options, ConfigurationProblems problems)
    {
        const string Prefix = $"{Section}:Advertise";
        if (options.Host is { } host && !IsHost(host))
        {
            problems.Add(
                DiscoveryErrors.Advertise,
                $"{Prefix}:Host",
                host,
                "an IP address or host name that neighbours can reach, without scheme and port",
                $"Put the port in {Prefix}:Port; a wildcard such as 0.0.0.0 is what to listen on, not where to be reached.");
        }

        if (options.Port is { } port and (< 1 or > 65535))
        {
            problems.Add(
                DiscoveryErrors.Advertise,
                $"{Prefix}:Port",
                port.ToString(CultureInfo.InvariantCulture),
                "1 to 65535",
                "Set the port that neighbours call.");
        }

        if (options.Scheme is { } scheme && scheme is not ("http" or "https"))
        {
            problems.Add(
                DiscoveryErrors.Advertise,
                $"{Prefix}:Scheme",
                scheme,
                "http or https",
                "Set one of them, or remove it for all listening addresses.");
        }

        if (options.Network is { } network && !IPNetwork.TryParse(network, out _))
        {
            problems.Add(
                DiscoveryErrors.Advertise,
                $"{Prefix}:Network",
                network,
                "a network such as 10.1.0.0/16 or fd00::/8",
                "Write it in CIDR notation.");
        }
    }

    private static bool IsHost(string host) => IPAddress.TryParse(host, out var address)
        ? !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
        : Uri.CheckHostName(host) == UriHostNameType.Dns;
}
