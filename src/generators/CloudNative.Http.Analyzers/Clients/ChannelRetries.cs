using CloudNative.Http.Analyzers.Symbols;
using CloudNative.Http.Analyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CloudNative.Http.Analyzers.Clients;

/// <summary>Finds policies of retries and hedging in a channel's ServiceConfig.</summary>
internal static class ChannelRetries
{
    private const int Deepest = 5;

    /// <summary>Whether a value holds one, or a variable that it is made of.</summary>
    public static bool AreIn(IOperation? value, HttpSymbols symbols) => AreIn(value, symbols, 0);

    private static bool AreIn(IOperation? value, HttpSymbols symbols, int depth) =>
        value is not null && depth < Deepest && value.DescendantsAndSelf().Any(operation => operation switch
        {
            ISimpleAssignmentOperation assignment => IsPolicy(assignment, symbols),
            ILocalReferenceOperation local => AreIn(Known.ValueOf(local), symbols, depth + 1)
                || LaterIn(local).Any(later => AreIn(later, symbols, depth + 1)),
            IFieldReferenceOperation or IPropertyReferenceOperation => AreIn(Known.ValueOf(operation), symbols, depth + 1),
            _ => false,
        });

    private static bool IsPolicy(ISimpleAssignmentOperation assignment, HttpSymbols symbols) =>
        assignment.Target is IPropertyReferenceOperation { Property: { Name: "RetryPolicy" or "HedgingPolicy" } property }
        && HttpSymbols.Same(property.ContainingType, symbols.MethodConfig)
        && Known.Unwrap(assignment.Value) is not { ConstantValue: { HasValue: true, Value: null } };

    // config.RetryPolicy = …; and service.MethodConfigs.Add(config);
    private static IEnumerable<IOperation> LaterIn(ILocalReferenceOperation local) =>
        Known.RootOf(local).Descendants().Where(operation => operation switch
        {
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target } => Known.IsReference(target.Instance, local.Local),
            IInvocationOperation { TargetMethod.Name: "Add", Instance: IPropertyReferenceOperation list } =>
                Known.IsReference(list.Instance, local.Local),
            _ => false,
        });
}
