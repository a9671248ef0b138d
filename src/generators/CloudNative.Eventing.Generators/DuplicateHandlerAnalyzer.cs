using System.Collections.Concurrent;
using System.Collections.Immutable;
using CloudNative.Eventing.Generators.Analysis;
using CloudNative.Eventing.Generators.Handlers;
using CloudNative.Eventing.Generators.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace CloudNative.Eventing.Generators;

/// <summary>Finds two handlers of one host that share topic, group and type of event, where the code says it literally.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DuplicateHandlerAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.DuplicateGroup];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (EventSymbols.TryCreate(start.Compilation) is not { } symbols)
            {
                return;
            }

            var found = new ConcurrentBag<GroupMember>();
            var hosts = 0;
            start.RegisterOperationAction(
                operation =>
                {
                    var call = (IInvocationOperation)operation.Operation;
                    if (HostCalls.BuildsHost(call.TargetMethod))
                    {
                        Interlocked.Increment(ref hosts);
                    }
                    else if (HandlerReader.Read(call, symbols) is { } registration && GroupMember.Read(registration) is { } member)
                    {
                        found.Add(member);
                    }
                },
                OperationKind.Invocation);
            start.RegisterCompilationEndAction(end => Report(end, found, end.Compilation.Options.OutputKind.IsApplication() && hosts == 1));
        });
    }

    private static void Report(CompilationAnalysisContext context, IEnumerable<GroupMember> found, bool isOneHost)
    {
        foreach (var same in found.GroupBy(member => member.Key))
        {
            var members = same.OrderBy(member => member.Place.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(member => member.Place.SourceSpan.Start)
                .ToList();
            for (var later = 1; later < members.Count; later++)
            {
                var member = members[later];
                if (members.Take(later).FirstOrDefault(earlier => earlier.MeetsIn(member, isOneHost)) is { } first)
                {
                    var group = member.Group is null ? "the service's own group" : $"group '{member.Group}'";
                    context.ReportDiagnostic(Diagnostic.Create(
                        Descriptors.DuplicateGroup, member.Place, [first.Place], member.EventType.ToDisplayString(), member.Topic, group));
                }
            }
        }
    }
}
