using System.Diagnostics;
using CloudNative.Kubernetes.Tests.Support;
using CloudNative.TestSupport.Figures;

namespace CloudNative.Kubernetes.Tests.Discovery;

/// <summary>How soon a change of a slice is what callers pick from, over loopback.</summary>
public sealed class SliceLatencyTests
{
    private const int Changes = 300;
    private const int MostMilliseconds = 100;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Change_OfASlice_IsSeenByPickersSoon()
    {
        ReleaseBuild.Require(typeof(KubernetesInformers));
        await using var server = new KubernetesTestServer();
        server.Put("endpointslices", Slices.Of("catalog", "catalog-a", [Slices.Pod("p", "10.0.0.1")]));
        await using var host = new TableHost(await server.ListenAsync(Cancel), ("Source", "EndpointSlices"));
        var catalog = host.Table.Get("catalog");
        var seen = await catalog.WaitForAnswerAsync(Cancel);
        var took = new List<double>(Changes);
        for (var change = 2; change < Changes + 2; change++)
        {
            var wanted = $"10.0.{change / 250}.{(change % 250) + 1}";
            var began = Stopwatch.GetTimestamp();
            server.Put("endpointslices", Slices.Of("catalog", "catalog-a", [Slices.Pod("p", wanted)]));
            while (seen.Endpoints[0].Instance.Endpoints[0].Host != wanted)
            {
                seen = await catalog.WaitForChangeAsync(seen, Cancel);
            }

            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        took.Sort();
        var p99 = took[(int)(Changes * 0.99) - 1];
        TestContext.Current.TestOutputHelper!.WriteLine($"slice change to picker: p50 {took[Changes / 2]:0.00} ms, p99 {p99:0.00} ms");
        Assert.InRange(p99, 0, MostMilliseconds);
    }
}
