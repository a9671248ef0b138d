using System.Globalization;
using CloudNative.Eventing.Generators.Harness;

namespace CloudNative.Eventing.Generators;

public sealed class EventTypeAnalyzerTests
{
    private const string Json = "using System.Text.Json; using System.Text.Json.Serialization;\n";

    [Theory]
    [InlineData("app.MapEvent(\"a\", (Plain e) => { });")]
    [InlineData("app.MapEvent<Plain>(\"a\", (e, c, t) => default);")]
    [InlineData("app.MapEvent<Handler, Plain>(\"a\");")]
    [InlineData("app.MapEvent<Handler>(\"a\");")]
    [InlineData("app.Services.GetRequiredService<IEventPublisher>().PublishAsync(new Sealed(), null, default);")]
    [InlineData("app.Services.GetRequiredService<IEventPublisher>().PublishBatchAsync<Sealed>([], null, default);")]
    [InlineData("app.Services.GetRequiredService<IOutbox>().EnqueueAsync(null!, new Sealed(), null, default);")]
    public async Task Type_WithoutName_IsFoundWhereItIsUsed(string body) =>
        Assert.Equal([$"CN9107 {body.TrimEnd(';')}"], await Look.FindAsync<EventTypeAnalyzer>(body, Unnamed));

    /// <summary>A mapper writes events by an extension of the outbox.</summary>
    [Fact]
    public async Task TypeWithoutName_PublishedByAnExtension_IsFound()
    {
        const string Extension = """
            using CloudNative.Eventing;
            public static class OutboxOfAMapper
            {
                public static void EnqueueOn<T>(this IOutbox outbox, object mapper, T data) { }
            }
            """;
        const string Body = "app.Services.GetRequiredService<IOutbox>().EnqueueOn(app, new Sealed())";
        string[] files = [Sources.Types, Extension, Sources.Program(Body + ";", Unnamed)];

        Assert.Equal([$"CN9107 {Body}"], await Look.FindAsync<EventTypeAnalyzer>(files));
    }

    /// <summary>What is published counts by its run-time type, which may have a name.</summary>
    [Theory]
    [InlineData("app.MapEvent(\"a\", (OrderPlaced e) => { });")]
    [InlineData("app.Services.GetRequiredService<IEventPublisher>().PublishAsync(new OrderPlaced(), null, default);")]
    [InlineData("app.Services.GetRequiredService<IEventPublisher>().PublishAsync((Plain)new Named(), null, default);")]
    [InlineData("app.Services.GetRequiredService<IEventPublisher>().PublishAsync((object)new Named(), null, default);")]
    public async Task Type_WithNameOrPerhaps_IsNot(string body) => Assert.Empty(await Look.FindAsync<EventTypeAnalyzer>(body, Unnamed));

    [Theory]
    [InlineData("[Event(\"e\")] public sealed record Bad(Action Done);", "Bad.Done is a delegate")]
    [InlineData(
        "[Event(\"e\")] public sealed record Bad(List<Inner> Items); public record Inner(System.IO.MemoryStream Data);",
        "Bad.Items.Data is a stream")]
    [InlineData("[Event(\"e\")] public sealed class Bad { public nint Handle { get; set; } }", "address in memory")]
    [InlineData("[Event(\"e\")] public sealed unsafe class Bad { public int* Handle { get; set; } }", "is a pointer")]
    [InlineData("[Event(\"e\")] public sealed record Bad(Type Kind);", "System.Type")]
    [InlineData("[Event(\"e\")] public sealed record Bad(int[,] Grid);", "more than one dimension")]
    [InlineData("[Event(\"e\")] public sealed class Bad { public Span<int> Items => default; }", "ref struct")]
    [InlineData("[Event(\"e\")] public sealed class Bad { private Bad() { } public static Bad Make() => new(); }", "no public constructor")]
    [InlineData("[Event(\"e\")] public sealed class Bad { public Bad(int a) { } public Bad(string b) { } }", "no public constructor")]
    [InlineData(
        "[Event(\"e\")] public sealed record Bad(Inner In); public sealed class Inner { internal Inner() { } }",
        "Bad.In has no public constructor")]
    [InlineData("[Event(\"e\")] public abstract record Bad;", "abstract")]
    [InlineData(
        "public record Base { public Func<int>? F { get; init; } } [Event(\"e\")] public sealed record Bad : Base;",
        "Bad.F is a delegate")]
    [InlineData("[Event(\"e\")] public sealed class Bad { [JsonInclude] public Action? F; }", "Bad.F is a delegate")]
    public async Task Type_ThatJsonRefuses_IsFound(string code, string expected)
    {
        var found = Assert.Single(await Compiler.AnalyzeAsync(Compiler.Project([Json + code]), null, new EventTypeAnalyzer()));
        Assert.Equal("CN9108", found.Id);
        Assert.Contains(expected, found.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "[Event(\"e\")] public sealed record Good(int A, string? B, DateTimeOffset C, Guid D, decimal? E, Uri F, byte[] G, "
        + "int[][] H, JsonElement I);")]
    [InlineData(
        "[Event(\"e\")] public sealed record Good(List<Good>? Children, Dictionary<string, Good> ByName, "
        + "IReadOnlyList<Good>? More);")]
    [InlineData("[Event(\"e\")] public readonly record struct Good(int A);")]
    [InlineData("[Event(\"e\")] public sealed class Good { [JsonConstructor] private Good(int a) => A = a; public int A { get; } }")]
    [InlineData("[Event(\"e\")] public sealed class Good { public Good() { } public Good(int a) { } public Good(string a) { } }")]
    [InlineData("[Event(\"e\")] public sealed class Good(int a) { public int A => a; [JsonIgnore] public Action? F { get; set; } }")]
    [InlineData(
        "[Event(\"e\")] public sealed class Good { public Action? Field; internal Action? F { get; set; } "
        + "private Action? G { get; set; } public Action? H { set { } } public static Action? I { get; set; } }")]
    [InlineData("[Event(\"e\"), JsonDerivedType(typeof(Child), \"c\")] public abstract record Good; public sealed record Child : Good;")]
    [InlineData(
        "[Event(\"e\")] public sealed record Good(Money Price); "
        + "[JsonConverter(typeof(int))] public sealed class Money { private Money() { } }")]
    [InlineData("[Event(\"e\")] public sealed class Good { [JsonConverter(typeof(int))] public Type? Kind { get; set; } }")]
    [InlineData("[Event(\"e\")] public sealed record Good(Type Kind); public abstract class TypeConverter : JsonConverter<Type>;")]
    [InlineData("[Event(\"e\")] public sealed record Good(Type Kind); public abstract class Factory : JsonConverterFactory;")]
    [InlineData(
        "[Event(\"e\")] public sealed class Good { public Inner Now => null!; } public sealed class Inner { internal Inner() "
        + "{ } public int A { get; set; } }")]
    [InlineData("public sealed record NoEvent(Action Done);")]
    public async Task Type_ThatJsonTakes_IsNot(string code) => Assert.Empty(await Look.FindAsync<EventTypeAnalyzer>([Json + code]));

    private const string Unnamed = """
        public record Plain;
        public sealed record Sealed;
        [Event("named")] public sealed record Named : Plain;
        public sealed class Handler : IEventHandler<Plain>
        {
            public ValueTask HandleAsync(Plain data, EventContext context, CancellationToken cancellationToken) => default;
        }
        """;
}
