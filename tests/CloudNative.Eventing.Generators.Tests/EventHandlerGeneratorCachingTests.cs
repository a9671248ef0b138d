using CloudNative.Eventing.Generators.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CloudNative.Eventing.Generators;

/// <summary>What a keystroke costs: nothing is written again unless a call of a handler changed.</summary>
public sealed class EventHandlerGeneratorCachingTests
{
    private static readonly string[] Files =
    [
        Sources.Types,
        Sources.Program("app.MapEvent(\"a\", (OrderPlaced e, IRepository r) => { }); app.MapEvent(\"b\", (OrderPaid e) => { });"),
        "class Unrelated { int A => 1; }",
    ];

    [Fact]
    public void Edit_OfAnotherFile_LeavesEveryStepCached()
    {
        var steps = RunTwice(3, "class Unrelated { int A => 2; string Handle(int x) => Handle(x + 1); }");
        Assert.All(steps, step => Assert.Contains(step.Reason, Kept));
        Assert.Contains(steps, step => step.Name == EventHandlerGenerator.CallsStep);
        Assert.Contains(steps, step => step.Name == EventHandlerGenerator.AllCallsStep);
    }

    [Fact]
    public void Edit_OfAHandler_WritesAgain()
    {
        var steps = RunTwice(2, Sources.Program("app.MapEvent(\"a\", (OrderPlaced e) => { });"));
        Assert.Contains(steps, step => step.Name == EventHandlerGenerator.AllCallsStep && step.Reason == IncrementalStepRunReason.Modified);
    }

    /// <summary>The type of a parameter may change where no call stands.</summary>
    [Fact]
    public void Edit_OfAnEvent_WritesAgainWhereItsAttributeMoved()
    {
        var moved = Sources.Types.Replace("[Event(\"orders.placed\")]", "", StringComparison.Ordinal)
            .Replace("public interface IRepository", "[Event(\"repository\")] public abstract class IRepository", StringComparison.Ordinal)
            .Replace("string Name { get; }", "public abstract string Name { get; }", StringComparison.Ordinal)
            .Replace("public string Name =>", "public override string Name =>", StringComparison.Ordinal);
        var steps = RunTwice(1, moved);
        Assert.Contains(steps, step => step.Name == EventHandlerGenerator.AllCallsStep && step.Reason == IncrementalStepRunReason.Modified);
    }

    private static readonly IncrementalStepRunReason[] Kept = [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged];

    private static List<(string Name, IncrementalStepRunReason Reason)> RunTwice(int file, string text)
    {
        var project = Compiler.Project(Files);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new EventHandlerGenerator().AsSourceGenerator()],
            parseOptions: Compiler.Language,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGenerators(project, TestContext.Current.CancellationToken);
        var old = project.SyntaxTrees[file];
        var edited = project.ReplaceSyntaxTree(old, CSharpSyntaxTree.ParseText(text, Compiler.Language, old.FilePath, old.Encoding));
        var result = driver.RunGenerators(edited, TestContext.Current.CancellationToken).GetRunResult().Results.Single();
        return
        [
            .. from step in result.TrackedSteps
               where step.Key is EventHandlerGenerator.CallsStep or EventHandlerGenerator.AllCallsStep
               from run in step.Value
               from output in run.Outputs
               select (step.Key, output.Reason),
            .. from step in result.TrackedOutputSteps
               from run in step.Value
               from output in run.Outputs
               select ("output", output.Reason),
        ];
    }
}
