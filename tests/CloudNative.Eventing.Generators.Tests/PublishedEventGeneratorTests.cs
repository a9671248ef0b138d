using CloudNative.Eventing.Generators.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CloudNative.Eventing.Generators;

public sealed class PublishedEventGeneratorTests
{
    private const string Parameters = "IEventPublisher events, IOutbox outbox, System.Data.Common.DbTransaction t, string place";

    [Theory]
    [InlineData("events.PublishAsync(new OrderPlaced(), null, default);", "OrderPlaced")]
    [InlineData("events.PublishAsync<OrderPlaced>(new(), options: default, default);", "OrderPlaced")]
    [InlineData("events?.PublishAsync(new OrderPlaced(), new PublishOptions { Key = place }, default);", "OrderPlaced")]
    [InlineData("events.PublishAsync(new OrderPlaced(), new() { Topic = \"ar\\\"chive\" }, default);", "OrderPlaced ar\"chive")]
    [InlineData("events.PublishAsync(new OrderPlaced(), new() { Topic = null }, default);", "OrderPlaced")]
    [InlineData("events.PublishBatchAsync([new OrderPaid(1)], null, default);", "OrderPaid")]
    [InlineData("outbox.EnqueueAsync(t, new OrderPaid(1), null, default);", "OrderPaid")]
    [InlineData("outbox.Prepare(new OrderPaid(1), null);", "OrderPaid")]
    [InlineData("outbox.Enqueue(7, new OrderPaid(1));", "OrderPaid")]
    [InlineData("events.PublishAsync(new Nested.Inner(), null, default);", "Inner")]
    [InlineData("events.PublishAsync(new OrderPlaced(), new() { Topic = place }, default);", "")]
    [InlineData("events.PublishAsync<object>(new OrderPlaced(), null, default);", "")]
    [InlineData("events.PublishAsync(\"text\", null, default);", "")]
    [InlineData("new Other().PublishAsync(new OrderPlaced(), null, default);", "")]
    [InlineData("Generic(new OrderPlaced(), events);", "")]
    [InlineData("events.PublishAsync(new Hidden(), null, default);", "")]
    public void Call_OfAnyForm_IsNotedWithItsTopic(string call, string expected)
    {
        var output = Run(Compiler.Project([Sources.Types, Program(call)]));

        Assert.Equal(expected.Length == 0 ? [] : [expected], Noted(output));
    }

    [Fact]
    public void Calls_OfOneTypeAndTopic_AreNotedOnceInOrder()
    {
        const string Calls = """
            events.PublishAsync(new OrderPlaced(), null, default);
            events.PublishAsync(new OrderPlaced(2), new() { Topic = "archive" }, default);
            events.PublishAsync(new OrderPaid(1), null, default);
            events.PublishAsync(new OrderPlaced(3), null, default);
            """;
        Assert.Equal(
            ["OrderPaid", "OrderPlaced", "OrderPlaced archive"], Noted(Run(Compiler.Project([Sources.Types, Program(Calls)]))));
    }

    [Fact]
    public void Application_OfSeveralAssemblies_NotesWhatItsLibrariesPublishToo()
    {
        const string Calls = """
            events.PublishAsync(new OrderPlaced(), new() { Topic = "archive" }, default);
            events.PublishAsync(new Own(), null, default);
            """;
        var library = Run(Compiler.Project([Sources.Types, Program(Calls)]).WithAssemblyName("Library"));
        var reference = MetadataReference.CreateFromImage(Compiler.Emit(library));
        const string Main = "public static class Main { public static void Main_() { } }";

        var application = Run(Compiler.Project([Main, "return;"], OutputKind.ConsoleApplication).AddReferences(reference));
        var other = Run(Compiler.Project([Main]).WithAssemblyName("Other").AddReferences(reference));

        Assert.Equal(["OrderPlaced archive"], Noted(application)); // The other type is the library's own.
        Assert.Empty(Noted(other));
    }

    [Fact]
    public void Edit_OfAnotherFile_LeavesWhatWasWritten()
    {
        var project = Compiler.Project([Sources.Types, Program("events.PublishAsync(new OrderPlaced(), null, default);"), "class A;"]);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new PublishedEventGenerator().AsSourceGenerator()],
            parseOptions: Compiler.Language,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGenerators(project, TestContext.Current.CancellationToken);
        var old = project.SyntaxTrees[3];
        var edited = project.ReplaceSyntaxTree(
            old,
            CSharpSyntaxTree.ParseText(
                "class B { void Prepare(int a) => Prepare(a + 1); }",
                Compiler.Language,
                old.FilePath,
                old.Encoding,
                TestContext.Current.CancellationToken));

        var result = driver.RunGenerators(edited, TestContext.Current.CancellationToken).GetRunResult().Results.Single();

        var reasons = result.TrackedSteps[PublishedEventGenerator.PublicationsStep]
            .SelectMany(step => step.Outputs)
            .Select(output => output.Reason);
        Assert.All(reasons, reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
    }

    private static string Program(string calls) => $$"""
        public static class Program
        {
            public static void Publish({{Parameters}})
            {
                {{calls}}
            }

            static void Generic<T>(T data, IEventPublisher events) => events.PublishAsync(data, null, default);

            static void Enqueue<T>(this IOutbox outbox, int context, T data) { }

            [Event("hidden")]
            private sealed record Hidden;
        }

        public static class Nested
        {
            [Event("nested")]
            internal sealed record Inner;
        }

        [Event("own")]
        internal sealed record Own;

        public sealed class Other
        {
            public ValueTask PublishAsync<T>(T data, PublishOptions? options, CancellationToken cancellationToken) => default;
        }
        """;

    private static Compilation Run(Compilation project)
    {
        CSharpGeneratorDriver.Create([new PublishedEventGenerator().AsSourceGenerator()], parseOptions: Compiler.Language)
            .RunGeneratorsAndUpdateCompilation(project, out var output, out var diagnostics, TestContext.Current.CancellationToken);
        Assert.Empty(diagnostics);
        Compiler.NoErrors(output.GetDiagnostics(TestContext.Current.CancellationToken));
        return output;
    }

    private static IEnumerable<string> Noted(Compilation output) => output.Assembly.GetAttributes()
        .Where(note => note.AttributeClass?.Name == "PublishesEventAttribute")
        .Select(note => (
            Type: (ITypeSymbol)note.ConstructorArguments[0].Value!, Topic: note.NamedArguments.FirstOrDefault().Value.Value))
        .Select(note => $"{note.Type.Name} {note.Topic}".TrimEnd());
}
