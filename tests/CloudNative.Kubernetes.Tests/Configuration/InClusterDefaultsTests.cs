using CloudNative.Kubernetes.Configuration;
using CloudNative.Testing;
using Microsoft.Extensions.Configuration;

namespace CloudNative.Kubernetes.Tests.Configuration;

public sealed class InClusterDefaultsTests : IDisposable
{
    private readonly TemporaryDirectory _account = new();

    public InClusterDefaultsTests()
    {
        File.WriteAllText(PathOf("token"), "t");
        File.WriteAllText(PathOf("ca.crt"), "c");
        File.WriteAllText(PathOf("namespace"), "shop\n");
    }

    public void Dispose() => _account.Dispose();

    [Theory]
    [InlineData("10.0.0.1", "https://10.0.0.1:6443")]
    [InlineData("fd00::1", "https://[fd00::1]:6443")]
    public void PostConfigure_InAPod_TakesWhatThePodHas(string host, string server)
    {
        var options = Configure(new KubernetesOptions(), ("KUBERNETES_SERVICE_HOST", host), ("KUBERNETES_SERVICE_PORT", "6443"));
        Assert.Equal(
            (server, PathOf("token"), PathOf("ca.crt"), "shop"),
            (options.Server, options.TokenFile, options.CaFile, options.Namespace));
    }

    [Fact]
    public void PostConfigure_OtherServer_IsNotShownThePodsToken()
    {
        var options = Configure(
            new KubernetesOptions { Server = "https://elsewhere" }, ("KUBERNETES_SERVICE_HOST", "10.0.0.1"));
        Assert.Equal(("https://elsewhere", null, null), (options.Server, options.TokenFile, options.CaFile));
    }

    [Fact]
    public void PostConfigure_OutsideOfACluster_NamesNoServer()
    {
        File.Delete(PathOf("namespace"));
        var options = Configure(new KubernetesOptions());
        Assert.Equal((null, "default"), (options.Server, options.Namespace));
    }

    private string PathOf(string file) => Path.Combine(_account.Path, file);

    private KubernetesOptions Configure(KubernetesOptions options, params (string Key, string Value)[] variables)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(variables.Select(pair => new KeyValuePair<string, string?>(pair.Key, pair.Value)))
            .Build();
        new InClusterDefaults(configuration, _account.Path).PostConfigure(null, options);
        return options;
    }
}
