using System.Buffers;
using System.Text;
using CloudNative.Kubernetes.Http;
using CloudNative.Kubernetes.Informing;
using CloudNative.TestSupport.Figures;

namespace CloudNative.Kubernetes.Tests.Informing;

public sealed class ObjectStoreTests
{
    private const int Slices = 200;

    [Fact]
    public void Replace_MadeAgainByTheSameName_IsAChange()
    {
        var store = new ObjectStore<KubernetesConfigMap>(TimeProvider.System);
        store.Replace([Map("1", "7")], "7");
        Assert.Equal((0, 1), (store.Replace([Map("1", "7")], "8"), store.Replace([Map("2", "7")], "9")));
    }

    /// <summary>10,000 endpoints in 200 slices: what one change costs, from its bytes to the snapshot.</summary>
    [Fact]
    public void Apply_OneSliceOfMany_CostsLittleAndLeavesTheOthers()
    {
        ReleaseBuild.Require(typeof(KubernetesInformers));
        var store = new ObjectStore<KubernetesEndpointSlice>(TimeProvider.System);
        var kind = KubernetesKinds.EndpointSlices;
        var call = new KubernetesCall { Verb = "watch", Group = "", Resource = "x", Method = HttpMethod.Get, Path = "/" };
        ReadOnlySequence<byte> Line(int slice, int version) => new(Encoding.UTF8.GetBytes(
            $$"""{"type":"MODIFIED","object":{{Slice(slice, version)}} }"""));
        for (var slice = 0; slice < Slices; slice++)
        {
            store.Apply(EventReader.Read(Line(slice, 1), kind.TypeInfo, call)!.Value);
        }

        var before = store.Snapshot.Objects;
        var lines = Enumerable.Range(2, 1000).Select(version => Line(7, version)).ToList();
        foreach (var line in lines)
        {
            store.Apply(EventReader.Read(line, kind.TypeInfo, call)!.Value);
        }

        // The best of some rounds: what a busy machine adds is no cost of ours.
        var (each, bytes) = (TimeSpan.MaxValue, GC.GetAllocatedBytesForCurrentThread());
        foreach (var round in lines.Chunk(50))
        {
            var begin = TimeProvider.System.GetTimestamp();
            foreach (var line in round)
            {
                store.Apply(EventReader.Read(line, kind.TypeInfo, call)!.Value);
            }

            var taken = TimeProvider.System.GetElapsedTime(begin) / round.Length;
            each = taken < each ? taken : each;
        }

        var allocated = (GC.GetAllocatedBytesForCurrentThread() - bytes) / lines.Count;
        TestContext.Current.SendDiagnosticMessage("A change of one slice of 200: {0:0} µs, {1} bytes.", each.TotalMicroseconds, allocated);
        Assert.True(each < TimeSpan.FromMilliseconds(1), $"{each.TotalMicroseconds:0} µs");
        // 50 endpoints with their strings; 200 slices of them would be 200 times as much.
        Assert.InRange(allocated, 1, 64 * 1024);
        Assert.Equal(Slices - 1, store.Snapshot.Objects.Count(pair => ReferenceEquals(pair.Value, before[pair.Key])));
    }

    private static KubernetesConfigMap Map(string uid, string version) =>
        new() { Metadata = new KubernetesMetadata { Namespace = "shop", Name = "a", Uid = uid, ResourceVersion = version } };

    private static string Slice(int number, int version)
    {
        var endpoints = Enumerable.Range(0, 50).Select(endpoint =>
            $$"""
            {"addresses":["10.0.{{number}}.{{endpoint}}"],"nodeName":"node-{{endpoint}}","zone":"a",
             "conditions":{"ready":true,"serving":true,"terminating":false} }
            """);
        return $$"""
            {"metadata":{"name":"catalog-{{number}}","namespace":"shop","uid":"u{{number}}","resourceVersion":"{{version}}",
             "labels":{"kubernetes.io/service-name":"catalog"} },"addressType":"IPv4",
             "endpoints":[{{string.Join(',', endpoints)}}],"ports":[{"name":"http","port":8080,"protocol":"TCP"}]}
            """;
    }
}
