using CloudNative.Http.Tests.Labs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudNative.Http.Tests.Settings;

public sealed class PresetTests
{
    [Theory]
    [InlineData("Interactive", 5, 1)]
    [InlineData("batch", 300, 60)]
    [InlineData("Conservative", 30, 30)]
    [InlineData("None", 30, 10)]
    public async Task Options_WithAPreset_HaveItsValues(string preset, double timeout, double attempt)
    {
        await using var lab = Lab.Create(new() { ["CloudNative:Clients:lab:Preset"] = preset });

        var options = lab.Services.GetRequiredService<IOptionsMonitor<ServiceClientOptions>>();

        Assert.Equal(timeout, options.Get("lab").Timeout.TotalSeconds);
        Assert.Equal(attempt, options.Get("lab").AttemptTimeout.TotalSeconds);
        Assert.Equal(30, options.Get("other").Timeout.TotalSeconds);
    }

    [Fact]
    public async Task Options_WhereThePlatformBalances_SendOnceUnlessToldOtherwise()
    {
        await using var lab = Lab.Create(new()
        {
            ["CloudNative:Discovery:Balancing"] = "Platform",
            ["CloudNative:Clients:lab:Retry:MaxAttempts"] = "2",
            ["CloudNative:Clients:batch:Preset"] = "Batch",
        });

        var options = lab.Services.GetRequiredService<IOptionsMonitor<ServiceClientOptions>>();

        Assert.Equal(2, options.Get("lab").Retry.MaxAttempts);
        Assert.Equal(1, options.Get("other").Retry.MaxAttempts);
        Assert.Equal(1, options.Get("batch").Retry.MaxAttempts);
        Assert.Equal(TimeSpan.FromMinutes(5), options.Get("batch").Timeout);
    }

    [Fact]
    public async Task Options_ExplicitBesideAPreset_Wins()
    {
        await using var lab = Lab.Create(new()
        {
            ["CloudNative:Http:Preset"] = "Batch",
            ["CloudNative:Http:AttemptTimeout"] = "00:00:20",
            ["CloudNative:Clients:lab:Preset"] = "Interactive",
            ["CloudNative:Clients:lab:Timeout"] = "00:00:07",
        });

        var options = lab.Services.GetRequiredService<IOptionsMonitor<ServiceClientOptions>>();

        Assert.Equal(TimeSpan.FromSeconds(7), options.Get("lab").Timeout);
        Assert.Equal(TimeSpan.FromSeconds(1), options.Get("lab").AttemptTimeout);
        Assert.Equal(TimeSpan.FromMinutes(5), options.Get("other").Timeout);
        Assert.Equal(TimeSpan.FromSeconds(20), options.Get("other").AttemptTimeout);
    }
}
