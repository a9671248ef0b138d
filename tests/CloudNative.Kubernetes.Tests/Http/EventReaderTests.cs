using System.Buffers;
using System.Text;
using System.Text.Json;
using CloudNative.Kubernetes.Http;

namespace CloudNative.Kubernetes.Tests.Http;

public sealed class EventReaderTests
{
    private static readonly KubernetesCall Call = new()
    {
        Verb = "watch",
        Group = "",
        Resource = "configmaps",
        Method = HttpMethod.Get,
        Path = "/",
    };

    [Theory]
    [InlineData("""{"type":"MODIFIED","object":{"metadata":{"name":"a"},"unknown":[1,{"x":2}]}}""")]
    [InlineData("""{"object":{"metadata":{"name":"a"}},"other":{"deep":[]},"type":"MODIFIED"}""")]
    public void Read_AnyOrder_GivesTheObject(string line)
    {
        var found = Read(line);
        Assert.Equal((KubernetesEventType.Modified, "a"), (found!.Value.Type, found.Value.Item.Metadata.Name));
    }

    [Fact]
    public void Read_UnknownType_IsNoEvent() => Assert.Null(Read("""{"type":"NEW","object":{}}"""));

    [Fact]
    public void Read_Expiry_IsExpired() => Assert.Throws<KubernetesExpiredException>(
        () => Read("""{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}"""));

    [Fact]
    public void Read_OtherError_SaysWhenToAskAgain()
    {
        var failure = Assert.Throws<KubernetesException>(() => Read(
            """{"type":"ERROR","object":{"kind":"Status","code":429,"reason":"TooManyRequests","details":{"retryAfterSeconds":7}}}"""));
        Assert.Equal(TimeSpan.FromSeconds(7), failure.RetryAfter);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"type\":\"ADDED\"")]
    [InlineData("{\"type\":\"ADDED\",\"object\":null}")]
    public void Read_NoEvent_IsRefused(string line) => Assert.ThrowsAny<JsonException>(() => Read(line));

    private static KubernetesEvent<KubernetesConfigMap>? Read(string line) => EventReader.Read(
        new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(line)), KubernetesKinds.ConfigMaps.TypeInfo, Call);
}
