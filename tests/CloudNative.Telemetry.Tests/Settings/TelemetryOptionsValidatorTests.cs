using CloudNative.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Telemetry.Tests.Settings;

public sealed class TelemetryOptionsValidatorTests
{
    [Fact]
    public async Task Start_SeveralWrongValues_ListsEachOnce()
    {
        using var host = Build(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "smoke signals"),
            ("CloudNative:Telemetry:Otlp:Timeout", "00:00:00"));

        var exception = await Assert.ThrowsAsync<CloudNativeConfigurationException>(
            () => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(["CN6001", "CN6002", "CN6004"], exception.Failures.Select(failure => failure[..6]).Order());
    }

    [Fact]
    public async Task Start_ValueThatDoesNotConvert_IsRefusedByItsKey()
    {
        using var host = Build(("CloudNative:Telemetry:Enabled", "maybe"));

        var exception = await Assert.ThrowsAsync<CloudNativeConfigurationException>(
            () => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("CloudNative:Telemetry:Enabled", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SignalThatIsNotExported_MayHaveAWrongAddress()
    {
        using var host = Build(("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "collector"), ("CloudNative:Telemetry:Traces:Export", "false"));

        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    private static IHost Build(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        builder.Services.AddCloudNativeTelemetry();
        return builder.Build();
    }
}
