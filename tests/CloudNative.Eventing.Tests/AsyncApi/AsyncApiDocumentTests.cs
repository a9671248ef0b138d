using CloudNative.Configuration;
using Microsoft.Extensions.Hosting;
using static CloudNative.Eventing.Tests.AsyncApi.DocumentHost;

namespace CloudNative.Eventing.Tests.AsyncApi;

public sealed class AsyncApiDocumentTests
{
    [Fact]
    public async Task GetDocument_HandlersAndPublications_AreOperationsOnTheirTopics()
    {
        await using var host = Build(
            published: [(typeof(Shapes.ParcelSent), null), (typeof(Shapes.ParcelSent2), "archive")],
            map: host =>
            {
                host.MapEvent<Shapes.ParcelSent>("parcels", Nothing).InOrder();
                host.MapEvent<Shapes.ParcelSent2>("parcels", Nothing).WithGroup("mail");
                host.MapEvent<Shapes.ParcelSent2>("parcels", Nothing).WithGroup("cache").Broadcast();
            });

        var document = host.Document();

        Assert.Equal(("3.0.0", "tests", "1.2.3"), (
            document.At("asyncapi")!.GetValue<string>(),
            document.At("info", "title")!.GetValue<string>(),
            document.At("info", "version")!.GetValue<string>()));
        Assert.Equal(["archive", "parcels"], document.At("channels").Keys());
        Assert.Equal(
            ["send_archive", "send_parcels", "receive_parcels_cache", "receive_parcels_mail", "receive_parcels_tests"],
            document.At("operations").Keys());
        Assert.Equal(["parcels.sent.v1", "parcels.sent.v2"], document.At("channels", "parcels", "messages").Keys());
        Assert.Equal(
            "#/channels/parcels/messages/parcels.sent.v2",
            document.At("operations", "receive_parcels_mail", "messages", "0", "$ref")!.GetValue<string>());
        Assert.Equal("key", document.At("operations", "receive_parcels_tests", "x-cloudnative-ordering")!.GetValue<string>());
        Assert.Null(document.At("operations", "receive_parcels_mail", "x-cloudnative-ordering"));
        Assert.True(document.At("operations", "receive_parcels_cache", "x-cloudnative-broadcast")!.GetValue<bool>());
        Assert.Equal("send", document.At("operations", "send_archive", "action")!.GetValue<string>());
        Assert.Equal(
            "parcels.sent.v2",
            document.At("components", "messages", "parcels.sent.v2", "headers", "properties", "type", "const")!.GetValue<string>());
    }

    [Fact]
    public async Task GetDocument_MappedInAnyOrder_IsTheSameTextEachTime()
    {
        await using var one = Build(map: host =>
        {
            host.MapEvent<Shapes.ParcelNumber>("parcels", Nothing).WithGroup("b");
            host.MapEvent<Shapes.ParcelSent>("parcels", Nothing).WithGroup("a").InOrder();
            host.MapEvent<Shapes.TreeGrown>("trees", Nothing);
        });
        await using var other = Build(map: host =>
        {
            host.MapEvent<Shapes.TreeGrown>("trees", Nothing);
            host.MapEvent<Shapes.ParcelSent>("parcels", Nothing).WithGroup("a").InOrder();
            host.MapEvent<Shapes.ParcelNumber>("parcels", Nothing).WithGroup("b");
        });

        var text = one.Text();

        Assert.Equal(text, one.Text());
        Assert.Equal(text, other.Text());
        Assert.DoesNotContain('\r', text);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetDocument_OneNameWithTwoShapes_HasAMessageForEachThePublishedFirst()
    {
        await using var host = Build(published: [(typeof(Shapes.ParcelSent), null)], map: host =>
        {
            host.MapEvent<Shapes.NumberOfParcel>("parcels", Nothing).WithGroup("a");
            host.MapEvent<Shapes.ParcelNumber>("parcels", Nothing).WithGroup("b");
        });

        var document = host.Document();
        var messages = document.At("components", "messages");

        Assert.Equal(["parcels.sent.v1", "parcels.sent.v1_2"], messages.Keys());
        Assert.All(messages.Keys(), key => Assert.Equal("parcels.sent.v1", messages.At(key, "name")!.GetValue<string>()));
        Assert.Equal("ParcelSent", messages.At("parcels.sent.v1", "title")!.GetValue<string>());
        Assert.All(["a", "b"], group => Assert.Equal(
            "#/channels/parcels/messages/parcels.sent.v1_2",
            document.At("operations", $"receive_parcels_{group}", "messages", "0", "$ref")!.GetValue<string>()));
        Assert.Equal(["number"], document.At("components", "schemas", "parcels.sent.v1_2", "properties").Keys());
    }

    [Fact]
    public async Task GetDocument_NothingHandledOrPublished_IsEmptyAndValid()
    {
        await using var host = Build();

        Assert.Empty(host.Document().At("channels").Keys());
        Assert.Equal(["channels 0"], await AsyncApiParser.ParseAsync(host.Text()));
    }

    [Fact]
    public async Task GetDocument_NamesThatNoTransportTakes_AreAddressesAndNoKeys()
    {
        await using var host = Build(map: host =>
        {
            host.MapEvent<Shapes.ParcelSent>("a/b~c", Nothing).WithGroup("x/y");
            host.MapEvent<Shapes.ParcelSent>("a_b_c", Nothing);
            host.MapEvent<Shapes.ParcelSent>("a:b:c", Nothing);
        });
        host.Transport.Server = new EventServer("postgresql", "one:5432,two:5432") { PathName = "/shop" };

        var document = host.Document();

        Assert.Equal(["a_b_c", "a_b_c_2", "a_b_c_3"], document.At("channels").Keys());
        Assert.Equal(
            ["a/b~c", "a:b:c", "a_b_c"],
            document.At("channels").Keys().Select(key => document.At("channels", key, "address")!.GetValue<string>()));
        Assert.Equal(["channels 3"], await AsyncApiParser.ParseAsync(host.Text()));
    }

    [Fact]
    public async Task GetDocument_TypesThatCannotTravel_NamesThemAll()
    {
        await using var host = Build(published: [(typeof(Shapes.Unnamed), null)], map: host =>
        {
            host.MapEvent<Shapes.ParcelLost>("parcels", Nothing);
            host.MapEvent("parcels", (Shapes.ParcelSent _) => 7);
        });

        var failures = Assert.Throws<CloudNativeConfigurationException>(host.Document).Failures;

        Assert.Collection(
            failures.Order(StringComparer.Ordinal),
            line => Assert.StartsWith("CN9002 The AsyncAPI document is 'Unnamed'", line, StringComparison.Ordinal),
            line => Assert.StartsWith("CN9003 The AsyncAPI document is 'ParcelLost'", line, StringComparison.Ordinal),
            line => Assert.StartsWith("CN9008 The handler of topic 'parcels'", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task GetDocument_TitleAndDescription_AreThoseOfConfiguration()
    {
        await using var host = Build(settings:
            [("CloudNative:Eventing:AsyncApi:Title", "Parcels"), ("CloudNative:Eventing:AsyncApi:Description", "Sends *parcels*.")]);

        var info = host.Document().At("info");

        Assert.Equal(("Parcels", "Sends *parcels*."), (
            info.At("title")!.GetValue<string>(), info.At("description")!.GetValue<string>()));
    }

    [Fact]
    public async Task GetDocument_Transport_IsAskedForItsServerAndNothingElse()
    {
        await using var host = Build(map: host => host.MapEvent<Shapes.ParcelSent>("parcels", Nothing));
        host.Transport.Server = new EventServer("amqps", "broker:5671") { PathName = "/shop", ProtocolVersion = "0-9-1" };

        var document = host.Document();
        await host.StartAsync();

        var server = document.At("servers", "scripted");
        Assert.Equal(["host", "protocol", "protocolVersion", "pathname"], server.Keys());
        Assert.Equal("broker:5671", server.At("host")!.GetValue<string>());
        Assert.Single(host.Transport.Subscriptions); // Looking settles nothing: the handler is mapped and runs.
    }

    [Fact]
    public async Task GetDocument_NoProvider_HasNoServers()
    {
        await using var host = Build(settings: [("CloudNative:Eventing:Provider", "none")]);

        Assert.False(host.Document().ContainsKey("servers"));
    }
}
