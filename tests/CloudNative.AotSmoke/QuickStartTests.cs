using CloudNative.Consumers;
using CloudNative.Testing;

namespace CloudNative.AotSmoke;

[Collection(nameof(NativeApps))]
public sealed class QuickStartTests(NativeApps apps)
{
    [Fact]
    public async Task QuickStart_CompiledAheadOfTime_HasNoWarningAndAnswers()
    {
        using var folder = new TemporaryDirectory("cn-aot-");
        var program = await apps.PublishAsync("samples/QuickStart/QuickStart.csproj", folder.Combine("app"));
        var environment = new Dictionary<string, string?> { ["CloudNative__Embedded__DataDirectory"] = folder.Combine("data") };
        await using var service = await RunningService.StartAsync(program, folder.Combine("app"), environment);
        await service.WaitForOkAsync("/health/ready");
    }
}
