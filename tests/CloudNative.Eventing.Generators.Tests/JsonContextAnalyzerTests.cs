using CloudNative.Eventing.Generators.Harness;
using Microsoft.CodeAnalysis;

namespace CloudNative.Eventing.Generators;

public sealed class JsonContextAnalyzerTests
{
    private const string Uses = """
        app.MapEvent("a", (OrderPlaced e) => { });
        app.Services.GetRequiredService<IEventPublisher>().PublishAsync(new OrderPaid(1), null, default);
        """;

    [Theory]
    [InlineData("PublishAot", "true")]
    [InlineData("PublishTrimmed", "TRUE")]
    [InlineData("IsAotCompatible", "true")]
    [InlineData("JsonSerializerIsReflectionEnabledByDefault", "false")]
    public async Task Project_WithoutReflection_NeedsAContextForEachTypeOfEvent(string property, string value) =>
        Assert.Equal(
            [
                "CN9109 app.MapEvent(\"a\", (OrderPlaced e) => { })",
                "CN9109 app.Services.GetRequiredService<IEventPublisher>().PublishAsync(new OrderPaid(1), null, default)",
            ],
            await FindAsync("", (property, value)));

    [Fact]
    public async Task Project_WithReflection_NeedsNone()
    {
        Assert.Empty(await FindAsync(""));
        Assert.Empty(await FindAsync("", ("PublishAot", "false")));
        Assert.Empty(await FindAsync("", ("PublishAot", "true"), ("JsonSerializerIsReflectionEnabledByDefault", "true")));
    }

    [Theory]
    [InlineData("[JsonSerializable(typeof(OrderPlaced))] [JsonSerializable(typeof(OrderPaid))]")]
    [InlineData("[JsonSerializable(typeof(OrderPlaced[]))] [JsonSerializable(typeof(List<OrderPaid>))]")]
    [InlineData("[JsonSerializable(typeof(Both))]")]
    public async Task Type_ThatAContextKnows_IsNotFound(string attributes) =>
        Assert.Empty(await FindAsync(Context(attributes), ("PublishAot", "true")));

    [Fact]
    public async Task Type_ThatTheContextForgets_IsFound() =>
        Assert.StartsWith(
            "CN9109 app.Services",
            Assert.Single(await FindAsync(Context("[JsonSerializable(typeof(OrderPlaced))]"), ("PublishAot", "true"))),
            StringComparison.Ordinal);

    [Fact]
    public async Task Type_UsedOften_IsFoundOnce() =>
        Assert.Single(await Look.FindAsync<JsonContextAnalyzer>(
            [Sources.Types, Sources.Program("app.MapEvent(\"a\", (OrderPlaced e) => { }); app.MapEvent(\"b\", (OrderPlaced e) => { });")],
            properties: ("PublishAot", "true")));

    /// <summary>Contracts and their contexts often lie in an assembly that others share.</summary>
    [Fact]
    public async Task Type_WhoseContextIsReferenced_IsNotFound()
    {
        var contracts = Compiler.Project([Sources.Types, Context("[JsonSerializable(typeof(Both))]")]).WithAssemblyName("Contracts");
        var service = Compiler.Project([Sources.Program(Uses)]).AddReferences(MetadataReference.CreateFromImage(Compiler.Emit(contracts)));
        var found = await Compiler.AnalyzeAsync(
            service, new Dictionary<string, string> { ["PublishAot"] = "true" }, new JsonContextAnalyzer());
        Assert.Empty(found);
    }

    private static Task<IReadOnlyList<string>> FindAsync(string context, params (string, string)[] properties) =>
        Look.FindAsync<JsonContextAnalyzer>([Sources.Types, Sources.Program(Uses), context], properties: properties);

    /// <summary>A context as its author writes it; the JSON generator's part is added so that it compiles.</summary>
    private static string Context(string attributes) => $$"""
        using System.Text.Json.Serialization;
        using System.Text.Json.Serialization.Metadata;
        public sealed record Both(OrderPlaced Placed, OrderPaid? Paid);
        {{attributes}}
        public sealed class OrderJson() : JsonSerializerContext(null)
        {
            protected override System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override JsonTypeInfo? GetTypeInfo(Type type) => null;
        }
        """;
}
