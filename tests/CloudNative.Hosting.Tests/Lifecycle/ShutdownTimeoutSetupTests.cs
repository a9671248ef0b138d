using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CloudNative.Hosting.Tests.Lifecycle;

public sealed class ShutdownTimeoutSetupTests
{
    [Theory]
    [InlineData(null, null, 5 + 25 + 5)]
    [InlineData("00:01:00", null, 5 + 60 + 5)]
    [InlineData(null, "00:10:00", 600)]
    [InlineData("00:00:00", null, 30)]
    [InlineData("not a time", null, 30)]
    public void ShutdownTimeout_OfTheHost_IsRaisedButNeverLowered(string? drain, string? own, int expected)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["CloudNative:Lifecycle:DrainTimeout"] = drain;
        if (own is not null)
        {
            builder.Services.Configure<HostOptions>(
                options => options.ShutdownTimeout = TimeSpan.Parse(own, System.Globalization.CultureInfo.InvariantCulture));
        }

        builder.AddCloudNative();
        using var host = builder.Build();

        Assert.Equal(
            TimeSpan.FromSeconds(expected), host.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout);
    }
}
