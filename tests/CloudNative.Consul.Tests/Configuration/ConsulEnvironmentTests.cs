using CloudNative.Consul.Configuration;
using Microsoft.Extensions.Configuration;

namespace CloudNative.Consul.Tests.Configuration;

public sealed class ConsulEnvironmentTests
{
    [Theory]
    [InlineData(null, null, null, "http://127.0.0.1:8500")]
    [InlineData(null, "consul.lan:8500", null, "http://consul.lan:8500")]
    [InlineData(null, "consul.lan:8501", "true", "https://consul.lan:8501")]
    [InlineData(null, "http://consul.lan:8500", "true", "http://consul.lan:8500")]
    [InlineData("https://mine:1", "consul.lan:8500", null, "https://mine:1")]
    public void PostConfigure_Address_IsTheSectionsElseTheVariables(string? own, string? variable, string? ssl, string expected)
    {
        var options = Configure(new ConsulOptions { Address = own }, ("CONSUL_HTTP_ADDR", variable), ("CONSUL_HTTP_SSL", ssl));
        Assert.Equal(expected, options.Address);
    }

    [Fact]
    public void PostConfigure_SectionNamesToken_VariableWithFileIsNoneOfItsBusiness()
    {
        var options = Configure(new ConsulOptions { Token = "mine" }, ("CONSUL_HTTP_TOKEN_FILE", "/run/token"));
        Assert.Equal(("mine", null), (options.Token, options.TokenFile));
    }

    [Fact]
    public void PostConfigure_Variables_FillWhatIsLeftOut()
    {
        var options = Configure(
            new ConsulOptions(),
            ("CONSUL_HTTP_TOKEN", "t"), ("CONSUL_HTTP_TOKEN_FILE", "f"), ("CONSUL_CACERT", "ca"),
            ("CONSUL_CLIENT_CERT", "c"), ("CONSUL_CLIENT_KEY", "k"));
        Assert.Equal(("t", "f", "ca"), (options.Token, options.TokenFile, options.CaFile));
        Assert.Equal(("c", "k"), (options.ClientCertificateFile, options.ClientKeyFile));
    }

    private static ConsulOptions Configure(ConsulOptions options, params (string Key, string? Value)[] variables)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(variables.Select(pair => new KeyValuePair<string, string?>(pair.Key, pair.Value)))
            .Build();
        new ConsulEnvironment(configuration).PostConfigure(null, options);
        return options;
    }
}
