using System.Globalization;
using CloudNative.Configuration;
using CloudNative.Telemetry.Settings;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Exporter;

namespace CloudNative.Telemetry.Export;

/// <summary>
/// Finds where a signal goes: the variable of the signal, else the general variable, else the key of this package. The rules for
/// paths are those of the OTLP exporter specification: a general address gets <c>/v1/traces</c> over HTTP, a signal's
/// own is taken as it is.
/// </summary>
internal sealed class OtlpTargetReader(IConfiguration configuration, TelemetryOtlpOptions options)
{
    private const int GrpcPort = 4317;
    private const int HttpPort = 4318;

    public OtlpTarget Read(TelemetrySignal signal)
    {
        var problems = new ConfigurationProblems();
        var address = Find(signal, "ENDPOINT", "Endpoint", options.Endpoint);
        var endpoint = ParseEndpoint(address, problems);
        var named = Find(signal, "PROTOCOL", "Protocol", options.Protocol);
        var protocol = ParseProtocol(named, endpoint, problems);
        var headers = Find(signal, "HEADERS", "Headers", options.Headers);
        CheckHeaders(headers, problems);
        var timeout = ParseTimeout(Find(signal, "TIMEOUT", "Timeout", null), problems);
        var doubt = endpoint is null ? null : Doubt(address.Key, endpoint, named.Value, protocol);
        if (endpoint is not null && protocol == OtlpExportProtocol.HttpProtobuf && !address.IsOfSignal)
        {
            endpoint = WithSignalPath(endpoint, signal);
        }

        return new OtlpTarget(
            problems.Items.Count == 0 ? endpoint : null, protocol, headers.Value, timeout, problems.Items, doubt);
    }

    private Setting Find(TelemetrySignal signal, string variable, string key, string? own)
    {
        var ofSignal = $"OTEL_EXPORTER_OTLP_{signal.ToString().ToUpperInvariant()}_{variable}";
        if (configuration[ofSignal] is { Length: > 0 } specific)
        {
            return new Setting(ofSignal, specific.Trim(), IsOfSignal: true);
        }

        var general = $"OTEL_EXPORTER_OTLP_{variable}";
        return configuration[general] is { Length: > 0 } value
            ? new Setting(general, value.Trim(), IsOfSignal: false)
            : new Setting(OwnKey(key), string.IsNullOrWhiteSpace(own) ? null : own.Trim(), IsOfSignal: false);
    }

    private static string OwnKey(string key) => $"{TelemetryOptions.SectionName}:Otlp:{key}";

    private static Uri? ParseEndpoint(Setting setting, ConfigurationProblems problems)
    {
        if (setting.Value is null)
        {
            return null;
        }

        if (Uri.TryCreate(setting.Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0)
        {
            return uri;
        }

        problems.Add(
            TelemetryErrors.Endpoint, setting.Key, setting.Value, "an absolute http or https address",
            $"Set {setting.Key} to the collector's address, for example http://localhost:4317, or remove it to export nothing.");
        return null;
    }

    private static OtlpExportProtocol ParseProtocol(Setting setting, Uri? endpoint, ConfigurationProblems problems)
    {
        switch (setting.Value)
        {
            case null:
                return endpoint?.Port == HttpPort ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
            case "grpc":
                return OtlpExportProtocol.Grpc;
            case "http/protobuf":
                return OtlpExportProtocol.HttpProtobuf;
            default:
                problems.Add(
                    TelemetryErrors.Protocol, setting.Key, setting.Value, "grpc or http/protobuf",
                    $"Set {setting.Key} to what the collector speaks: grpc (usually port 4317) or http/protobuf (usually 4318).");
                return OtlpExportProtocol.Grpc;
        }
    }

    private static void CheckHeaders(Setting setting, ConfigurationProblems problems)
    {
        var wrong = setting.Value?.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Any(pair => pair.Trim().IndexOf('=', StringComparison.Ordinal) < 1);
        if (wrong is true)
        {
            // The value is left out: headers usually hold the collector's key.
            problems.Add(
                TelemetryErrors.Headers, setting.Key, "(hidden)", "name=value pairs with commas between, values percent-encoded",
                $"Write {setting.Key} as api-key=abc,tenant=shop.");
        }
    }

    private TimeSpan ParseTimeout(Setting setting, ConfigurationProblems problems)
    {
        if (setting.Value is null)
        {
            return options.Timeout;
        }

        if (int.TryParse(setting.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds is >= 1 and <= 600_000)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        problems.Add(
            TelemetryErrors.Timeout,
            setting.Key,
            setting.Value,
            "1 to 600000 milliseconds",
            $"Set {setting.Key} within these limits, or remove it for 10 s.");
        return options.Timeout;
    }

    private static string? Doubt(string key, Uri endpoint, string? named, OtlpExportProtocol protocol) => (endpoint.Port, protocol) switch
    {
        (HttpPort, _) when named is null =>
            $"{key} has port {HttpPort}, which is OTLP over HTTP, but no protocol is set; http/protobuf is used. " +
            "Set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf to say so.",
        (HttpPort, OtlpExportProtocol.Grpc) =>
            $"{key} has port {HttpPort}, which is OTLP over HTTP, but the protocol is grpc; exports will most likely fail. " +
            $"Use port {GrpcPort}, or set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf.",
        (GrpcPort, OtlpExportProtocol.HttpProtobuf) =>
            $"{key} has port {GrpcPort}, which is OTLP over gRPC, but the protocol is http/protobuf; exports will most likely fail. " +
            $"Use port {HttpPort}, or set OTEL_EXPORTER_OTLP_PROTOCOL=grpc.",
        _ => null,
    };

    private static Uri WithSignalPath(Uri endpoint, TelemetrySignal signal)
    {
        var path = signal switch { TelemetrySignal.Traces => "v1/traces", TelemetrySignal.Metrics => "v1/metrics", _ => "v1/logs" };
        var builder = new UriBuilder(endpoint);
        builder.Path = $"{builder.Path.TrimEnd('/')}/{path}";
        return builder.Uri;
    }

    private readonly record struct Setting(string Key, string? Value, bool IsOfSignal);
}
