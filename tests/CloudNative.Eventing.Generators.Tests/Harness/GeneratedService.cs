using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Eventing.Generators.Harness;

/// <summary>A service that went through the generator and the compiler. Its code has <c>class Program</c> with <c>Map(IHost)</c>.</summary>
internal sealed class GeneratedService
{
    private GeneratedService(string? generated, Compilation output) => (Generated, Output) = (generated, output);

    /// <summary>The file that was generated, if any.</summary>
    public string? Generated { get; }

    public Compilation Output { get; }

    public static GeneratedService Compile(params string[] files)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new EventHandlerGenerator().AsSourceGenerator()], parseOptions: Compiler.Language);
        driver = driver.RunGeneratorsAndUpdateCompilation(Compiler.Project(files), out var output, out var diagnostics);
        Assert.Empty(diagnostics);
        Compiler.NoErrors(output.GetDiagnostics());
        return new GeneratedService(driver.GetRunResult().GeneratedTrees.SingleOrDefault()?.ToString(), output);
    }

    /// <summary>Runs <c>Startup.Configure</c>, if there is one, and <c>Program.Map</c>; returns the registered handlers.</summary>
    public IReadOnlyList<MappedHandler> Map()
    {
        var list = new List<(string Topic, string Form, Type? Event, Func<object, EventContext, CancellationToken, ValueTask>? Call)>();
        var services = new ServiceCollection().AddSingleton(list);
        var assembly = new Context().LoadFromStream(new MemoryStream(Compiler.Emit(Output)));
        assembly.GetType("Startup")?.GetMethod("Configure")!.Invoke(null, [services]);
        var provider = services.BuildServiceProvider();
        var program = assembly.GetType("Program")!;
        var map = program.GetMethod("Map", BindingFlags.Static | BindingFlags.Public)!;
        map.Invoke(null, [map.GetParameters()[0].ParameterType == typeof(IEventsBuilder)
            ? new StubEventsBuilder(services)
            : new StubHost(provider)]);
        return [.. list.Select(item => new MappedHandler(item.Topic, item.Form, item.Event, item.Call, provider, program))];
    }

    private sealed class Context() : AssemblyLoadContext("service")
    {
        protected override Assembly? Load(AssemblyName assemblyName) =>
            assemblyName.Name == EventingDouble.Name ? LoadFromStream(new MemoryStream(EventingDouble.Image)) : null;
    }
}
