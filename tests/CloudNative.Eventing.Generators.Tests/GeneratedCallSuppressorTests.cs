using CloudNative.Eventing.Generators.Harness;

namespace CloudNative.Eventing.Generators;

public sealed class GeneratedCallSuppressorTests
{
    [Fact]
    public async Task Calls_ThatAreReplaced_AreNoLongerWarnedOf()
    {
        var project = Compiler.Project([Sources.Types, Sources.Program("""
            app.MapEvent("a", (OrderPlaced e) => { });
            app.MapEvent<Class>("b").InOrder();
            app.MapEvent("c", (Secret e) => { });
            Reflect();
            app.MapEvent("d", (OrderPlaced e) => Reflect());
            """, """
            private sealed record Secret;
            sealed class Class : IEventHandler<OrderPlaced>
            {
                public ValueTask HandleAsync(OrderPlaced data, EventContext context, CancellationToken cancellationToken) => default;
            }
            [System.Diagnostics.CodeAnalysis.RequiresDynamicCode("x")]
            static void Reflect() { }
            """)]);
        var found = await Compiler.AnalyzeAsync(project, null, new PlantedTrimAnalyzer(), new GeneratedCallSuppressor());
        var texts = found.ToLookup(
            diagnostic => diagnostic.IsSuppressed,
            diagnostic => $"{diagnostic.Id} {Look.TextAt(diagnostic)}");
        Assert.Equal(
            ["app.MapEvent(\"a\", (OrderPlaced e) => { })",
                "app.MapEvent(\"d\", (OrderPlaced e) => Reflect())", "app.MapEvent<Class>(\"b\")"],
            texts[true].Select(text => text[7..]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(6, texts[true].Count());
        Assert.Equal(
            ["Reflect()", "app.MapEvent(\"c\", (Secret e) => { })"],
            texts[false].Select(text => text[7..]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(6, texts[false].Count());
    }
}
