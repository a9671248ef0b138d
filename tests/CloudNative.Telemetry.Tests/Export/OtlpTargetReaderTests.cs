using CloudNative.Telemetry.Export;
using CloudNative.Telemetry.Settings;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Exporter;

namespace CloudNative.Telemetry.Tests.Export;

public sealed class OtlpTargetReaderTests
{
    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317", "http://c:4317/", OtlpExportProtocol.Grpc)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318", "http://c:4318/v1/traces", OtlpExportProtocol.HttpProtobuf)]
    [InlineData(
        "OTEL_EXPORTER_OTLP_ENDPOINT=https://c/otlp/;OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
        "https://c/otlp/v1/traces",
        OtlpExportProtocol.HttpProtobuf)]
    [InlineData(
        "OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317;OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://t:4318/mine",
        "http://t:4318/mine",
        OtlpExportProtocol.HttpProtobuf)]
    [InlineData("CloudNative:Telemetry:Otlp:Endpoint=http://own:4317", "http://own:4317/", OtlpExportProtocol.Grpc)]
    [InlineData(
        "CloudNative:Telemetry:Otlp:Endpoint=http://own:4317;OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317",
        "http://c:4317/",
        OtlpExportProtocol.Grpc)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://c:4317", null, OtlpExportProtocol.Grpc)]
    public void Read_Endpoint_FollowsTheSpecification(string settings, string? endpoint, OtlpExportProtocol protocol)
    {
        var target = Read(settings);

        Assert.Equal(endpoint, target.Endpoint?.ToString());
        Assert.Equal(protocol, target.Protocol);
        Assert.Empty(target.Problems);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318", "http/protobuf is used")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318;OTEL_EXPORTER_OTLP_PROTOCOL=grpc", "the protocol is grpc")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317;OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "the protocol is http/protobuf")]
    public void Read_PortOfTheOtherProtocol_IsDoubted(string settings, string expected) =>
        Assert.Contains(expected, Read(settings).Doubt, StringComparison.Ordinal);

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318;OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=https://collector.example;OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf")]
    public void Read_PortThatFits_IsNotDoubted(string settings) => Assert.Null(Read(settings).Doubt);

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=collector:4317", "CN6001", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("CloudNative:Telemetry:Otlp:Endpoint=ftp://c", "CN6001", "CloudNative:Telemetry:Otlp:Endpoint")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL=http/json", "CN6002", "OTEL_EXPORTER_OTLP_PROTOCOL")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_HEADERS=secret", "CN6003", "OTEL_EXPORTER_OTLP_TRACES_HEADERS")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT=10s", "CN6004", "OTEL_EXPORTER_OTLP_TIMEOUT")]
    public void Read_WrongValue_IsAProblemAndGoesNowhere(string settings, string id, string key)
    {
        var target = Read(settings);

        var problem = Assert.Single(target.Problems);
        Assert.Equal((id, key), (problem.Id, problem.Key));
        Assert.DoesNotContain("secret", problem.ToString(), StringComparison.Ordinal);
        Assert.Null(target.Endpoint);
    }

    private static OtlpTarget Read(string settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Split(';').Select(pair => KeyValuePair.Create(pair.Split('=')[0], (string?)pair.Split('=')[1])))
            .Build();
        var own = configuration.GetSection(TelemetryOptions.SectionName).Get<TelemetryOptions>() ?? new TelemetryOptions();
        return new OtlpTargetReader(configuration, own.Otlp).Read(TelemetrySignal.Traces);
    }
}
