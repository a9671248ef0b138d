using Microsoft.Extensions.Configuration;

namespace CloudNative.Consul.Tests.KeyValue;

public sealed class KeyValueConnectionTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Add_OptionsAreWrong_SaysWhichWithoutAsking(bool isManager)
    {
        IConfigurationBuilder builder = isManager ? new ConfigurationManager() : new ConfigurationBuilder();
        builder.AddInMemoryCollection([new("CONSUL_HTTP_ADDR", "ftp://consul.lan")]);
        var failure = Assert.Throws<ConsulKeyValueException>(
            () => builder.AddConsulKeyValue("config/orders").AddConsulKeyValue("config/more").Build());
        Assert.StartsWith("CN4101", failure.Message, StringComparison.Ordinal);
        Assert.Contains("ftp://consul.lan", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_NoPrefix_IsRefused() =>
        Assert.ThrowsAny<ArgumentException>(() => new ConfigurationBuilder().AddConsulKeyValue("/").Build());
}
