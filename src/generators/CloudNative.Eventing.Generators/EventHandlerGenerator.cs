using System.Text;
using CloudNative.Eventing.Generators.Emission;
using CloudNative.Eventing.Generators.Handlers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CloudNative.Eventing.Generators;

/// <summary>
/// Writes, for each call of <c>MapEvent</c> or <c>Handle</c> that takes any delegate or a class alone, a typed method that
/// takes its place: no reflection is left at run time, and the service can be trimmed and compiled ahead of time. A project
/// without such a call gets no code.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class EventHandlerGenerator : IIncrementalGenerator
{
    /// <summary>The name of the step that reads calls, for tests that look whether it was done again.</summary>
    public const string CallsStep = "Calls";

    /// <summary>The name of the step that gathers them.</summary>
    public const string AllCallsStep = "AllCalls";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var calls = context.SyntaxProvider
            .CreateSyntaxProvider(IsCandidate, static (node, cancellationToken) =>
                InterceptionFactory.Create((InvocationExpressionSyntax)node.Node, node.SemanticModel, cancellationToken))
            .Where(static interception => interception is not null)
            .Select(static (interception, _) => interception!)
            .WithTrackingName(CallsStep);
        var all = calls.Collect()
            .Select(static (interceptions, _) => new EquatableArray<Interception>(interceptions))
            .WithTrackingName(AllCallsStep);
        context.RegisterSourceOutput(all, static (output, interceptions) =>
        {
            if (interceptions.Any())
            {
                output.AddSource("EventHandlers.g.cs", SourceText.From(InterceptorWriter.Write(interceptions), Encoding.UTF8));
            }
        });
    }

    /// <summary>Interceptors are a part of C# 12 and later.</summary>
    private static bool IsCandidate(SyntaxNode node, CancellationToken cancellationToken) =>
        node is InvocationExpressionSyntax { Expression: var expression }
        && node.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp12 }
        && HandlerMethods.IsName(CalledName.Of(expression));
}
