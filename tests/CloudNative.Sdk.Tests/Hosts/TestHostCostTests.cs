using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Sdk.Tests.Hosts;

/// <summary>What the two lines cost a team whose tests start the service a thousand times.</summary>
public sealed class TestHostCostTests(ITestOutputHelper output)
{
    private const int Rounds = 9;
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task StartAndStop_UnderATestServer_AddsLessThanATenthOfASecond()
    {
        await RunAsync(with: false);
        await RunAsync(with: true);
        var (bare, ours) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = 0; round < Rounds; round++)
        {
            bare.Add(await RunAsync(with: false));
            ours.Add(await RunAsync(with: true));
        }

        var added = Median(ours) - Median(bare);
        output.WriteLine($"bare {Median(bare).TotalMilliseconds:0.0} ms, ours {Median(ours).TotalMilliseconds:0.0} ms");

        Assert.True(added < Most, $"start and stop add {added.TotalMilliseconds:0.0} ms");
    }

    private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);

    private static async Task<TimeSpan> RunAsync(bool with)
    {
        var begun = Stopwatch.GetTimestamp();
        var builder = WebAppUnderTest.CreateBuilder();
        builder.WebHost.UseTestServer();
        if (with)
        {
            builder.AddCloudNative();
        }

        await using (var app = builder.Build())
        {
            if (with)
            {
                app.MapCloudNative();
            }

            await app.StartAsync(TestContext.Current.CancellationToken);
            await app.StopAsync(TestContext.Current.CancellationToken);
        }

        return Stopwatch.GetElapsedTime(begun);
    }
}
