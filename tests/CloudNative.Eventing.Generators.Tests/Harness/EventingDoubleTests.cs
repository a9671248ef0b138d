using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CloudNative.Eventing.Generators.Harness;

public sealed class EventingDoubleTests
{
    private static readonly string[] Classes =
    [
        "Microsoft.Extensions.Hosting.CloudNativeEventHostExtensions",
        "Microsoft.Extensions.DependencyInjection.CloudNativeEventsBuilderExtensions",
        "CloudNative.Eventing.EventCallback`1",
    ];

    /// <summary>The tests prove nothing about the package unless its methods are those of the double.</summary>
    [Fact]
    public void Double_OfThePackage_HasItsMethods()
    {
        var real = Signatures(MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, EventingDouble.Name + ".dll")));
        var stood = Signatures(MetadataReference.CreateFromImage(EventingDouble.Image));
        Assert.True(stood.Count >= 9, string.Join('\n', stood));
        Assert.Equal([], stood.Except(real));
    }

    private static List<string> Signatures(MetadataReference reference)
    {
        var compilation = CSharpCompilation.Create("Reader", [], Compiler.Platform.Append(reference));
        return
        [
            .. from name in Classes
               from method in compilation.GetTypeByMetadataName(name)!.GetMembers().OfType<IMethodSymbol>()
               where method is { DeclaredAccessibility: Accessibility.Public, Name: "MapEvent" or "Handle" or "Invoke" }
               let attributes = method.TypeParameters.SelectMany(parameter => parameter.GetAttributes()).Concat(method.GetAttributes())
                   .Where(attribute => attribute.AttributeClass!.Name is "DynamicallyAccessedMembersAttribute")
                   .Select(attribute => attribute.ConstructorArguments[0].Value)
               let isAnnotated = method.GetAttributes().Any(attribute => attribute.AttributeClass!.Name == "RequiresDynamicCodeAttribute")
               select $"{method.ToDisplayString()} keeps {string.Join(' ', attributes)}, reflects {isAnnotated}",
        ];
    }
}
