using System.Collections.Concurrent;
using System.Collections.Immutable;
using CloudNative.Eventing.Generators.Analysis;
using CloudNative.Eventing.Generators.Handlers;
using CloudNative.Eventing.Generators.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace CloudNative.Eventing.Generators;

/// <summary>
/// Finds a web service that has the first of the two lines and handlers, but not the second line. Silent where the first is not in this
/// project: the second may be where that is.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ForgottenMapAnalyzer : DiagnosticAnalyzer
{
    private const string Mapping = "Microsoft.AspNetCore.Builder.CloudNativeEndpointRouteBuilderExtensions";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.ForgottenMap];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (EventSymbols.TryCreate(start.Compilation) is not { } symbols
                || !start.Compilation.Options.OutputKind.IsApplication()
                || start.Compilation.GetTypeByMetadataName(Mapping) is null)
            {
                return;
            }

            var (web, adds, maps) = (0, 0, 0);
            var handlers = new ConcurrentBag<Location>();
            start.RegisterOperationAction(
                operation =>
                {
                    var method = operation.Operation is IInvocationOperation call
                        ? call.TargetMethod
                        : ((IMethodReferenceOperation)operation.Operation).Method;
                    Interlocked.Add(ref web, HostCalls.BuildsWebHost(method) ? 1 : 0);
                    Interlocked.Add(ref adds, HostCalls.Adds(method) ? 1 : 0);
                    Interlocked.Add(ref maps, HostCalls.Maps(method) ? 1 : 0);
                    if (HandlerReader.Read(operation.Operation, symbols) is not null)
                    {
                        handlers.Add(operation.Operation.Syntax.GetLocation());
                    }
                },
                OperationKind.Invocation,
                OperationKind.MethodReference);
            start.RegisterCompilationEndAction(end =>
            {
                if (web > 0 && adds > 0 && maps == 0 && !handlers.IsEmpty)
                {
                    var first = handlers.OrderBy(place => place.SourceTree?.FilePath, StringComparer.Ordinal)
                        .ThenBy(place => place.SourceSpan.Start)
                        .First();
                    end.ReportDiagnostic(Diagnostic.Create(Descriptors.ForgottenMap, first));
                }
            });
        });
    }
}
