using CloudNative.Eventing.Generators.Harness;
using Microsoft.CodeAnalysis;

namespace CloudNative.Eventing.Generators;

public sealed class DuplicateHandlerAnalyzerTests
{
    private const string Second = "app.MapEvent(\"orders\", (OrderPlaced f) => { })";

    [Theory]
    [InlineData("app.MapEvent(\"orders\", (OrderPlaced e) => { }); ", Second)]
    [InlineData("app.MapEvent<OrderPlaced>(\"orders\", (e, c, t) => default); ", Second)]
    [InlineData("const string Topic = \"orders\"; app.MapEvent<Class>(Topic).InOrder(); ", Second)]
    [InlineData("app.MapEvent(\"orders\", (OrderPlaced e) => { }).WithGroup(\"g\"); ", Second + ".InOrder().WithGroup(\"g\")")]
    [InlineData("if (app is null) { app!.MapEvent(\"orders\", (OrderPlaced e) => { }); } ", Second)]
    public async Task Handlers_OfOneGroup_AreFound(string first, string second) =>
        Assert.Equal([$"CN9105 {Second}"], await Look.FindAsync<DuplicateHandlerAnalyzer>($"{first}\n{second};", Members));

    [Theory]
    [InlineData("app.MapEvent(\"orders\", (OrderPlaced e) => { }).WithGroup(\"g\");")]
    [InlineData("app.MapEvent(\"others\", (OrderPlaced e) => { });")]
    [InlineData("app.MapEvent(\"orders\", (OrderPaid e) => { });")]
    [InlineData("app.MapEvent(\"orders\", (OrderPlaced e) => { }).Broadcast();")]
    [InlineData("var kept = app.MapEvent(\"orders\", (OrderPlaced e) => { }); kept.WithGroup(\"g\");")]
    [InlineData("app.MapEvent(\"orders\", (OrderPlaced e) => { }).WithGroup(Environment.MachineName);")]
    [InlineData("app.MapEvent(Environment.MachineName, (OrderPlaced e) => { });")]
    [InlineData("IHost other = null!; other.MapEvent(\"orders\", (OrderPlaced e) => { });")]
    [InlineData("if (app is null) { app!.MapEvent(\"orders\", (OrderPlaced e) => { }); return; }")]
    [InlineData("if (app is null) { app!.MapEvent(\"orders\", (OrderPlaced e) => { }); } else")]
    [InlineData("Other(app);")]
    public async Task Handlers_ThatMayBeApart_AreNot(string first) =>
        Assert.Empty(await Look.FindAsync<DuplicateHandlerAnalyzer>($"{first}\n{Second};", Members));

    /// <summary>A program with one host has all its handlers there, in whatever method they are mapped.</summary>
    [Theory]
    [InlineData("WebApplication.CreateBuilder().Build()", 1)]
    [InlineData("Host.CreateApplicationBuilder().Build()", 1)]
    [InlineData("Program.Two(WebApplication.CreateBuilder().Build(), WebApplication.CreateBuilder().Build())", 0)]
    public async Task Handlers_InSeveralMethods_MeetInTheOnlyHost(string host, int expected)
    {
        var found = await Look.FindAsync<DuplicateHandlerAnalyzer>(
            [
                $"Program.Map({host});",
                Sources.Types,
                Sources.Program($"{Second}; Other(app);", Members + "public static IHost Two(IHost a, IHost b) => a;"),
            ],
            OutputKind.ConsoleApplication);
        Assert.Equal(expected, found.Count);
    }

    private const string Members = """
        static void Other(IHost app) => app.MapEvent("orders", (OrderPlaced e) => { });
        public sealed class Class : IEventHandler<OrderPlaced>
        {
            public ValueTask HandleAsync(OrderPlaced data, EventContext context, CancellationToken cancellationToken) => default;
        }
        """;
}
