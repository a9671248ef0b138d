using System.Collections.Immutable;
using CloudNative.Eventing.Generators.Handlers;
using CloudNative.Eventing.Generators.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CloudNative.Eventing.Generators;

/// <summary>
/// Takes back what the analyzers of trimming and ahead-of-time compilation say of a call that generated code takes the place of: they
/// read the source, where it still stands.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GeneratedCallSuppressor : DiagnosticSuppressor
{
    private const string Reason = "Generated code takes the place of this call; the method that reflects is not called.";

    private static readonly SuppressionDescriptor Trimming = new("CNS9101", "IL2026", Reason);
    private static readonly SuppressionDescriptor DynamicCode = new("CNS9102", "IL3050", Reason);

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [Trimming, DynamicCode];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        var symbols = EventSymbols.TryCreate(context.Compilation);
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (symbols is not null && IsGenerated(diagnostic, context, symbols))
            {
                var descriptor = diagnostic.Id == Trimming.SuppressedDiagnosticId ? Trimming : DynamicCode;
                context.ReportSuppression(Suppression.Create(descriptor, diagnostic));
            }
        }
    }

    private static bool IsGenerated(Diagnostic diagnostic, SuppressionAnalysisContext context, EventSymbols symbols)
    {
        var place = diagnostic.AdditionalLocations.Count > 0 ? diagnostic.AdditionalLocations[0] : diagnostic.Location;
        if (place.SourceTree is not { } tree)
        {
            return false;
        }

        var node = tree.GetRoot(context.CancellationToken).FindNode(place.SourceSpan, getInnermostNodeForTie: true);
        if (node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call
            || !call.Expression.Span.IntersectsWith(place.SourceSpan))
        {
            return false;
        }

        var model = context.GetSemanticModel(tree);
        return HandlerReader.Read(model.GetOperation(call, context.CancellationToken), symbols) is { IsGenerated: true }
            && model.GetInterceptableLocation(call, context.CancellationToken) is not null;
    }
}
