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

    [Fact]
    public void Add_ToABuilder_LeavesWhatIsChainedAndWhatIsAStream()
    {
        var chained = new Chained();
        var builder = new ConfigurationBuilder();
        builder.AddConfiguration(new ConfigurationRoot([chained]), shouldDisposeConfiguration: true);
        builder.AddJsonStream(new MemoryStream("{ \"A\": 1 }"u8.ToArray()));
        builder.AddConsulKeyValue(source =>
        {
            source.Prefix = "config/orders";
            source.Optional = true;
            source.ReloadOnChange = false;
        });
        using var built = (ConfigurationRoot)builder.Build(); // Nobody listens there, and nobody has to.
        Assert.Equal(("1", 0), (built["A"], chained.Disposals));
        Assert.Contains("http://127.0.0.1:1/", built.Providers.Last().ToString(), StringComparison.Ordinal);
    }

    private sealed class Chained : ConfigurationProvider, IDisposable
    {
        public Chained() => Data["CONSUL_HTTP_ADDR"] = "127.0.0.1:1";

        public int Disposals { get; private set; }

        public void Dispose() => Disposals++;
    }
}
