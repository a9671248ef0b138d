using CloudNative.Http.Analyzers.Symbols;
using CloudNative.Http.Analyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CloudNative.Http.Analyzers.Addresses;

/// <summary>Reads addresses that the code says literally, at least up to the end of their host.</summary>
internal static class AddressReader
{
    /// <summary>How far names are followed; members can be initialised by one another in a circle.</summary>
    private const int Deepest = 10;

    /// <summary>
    /// The service that a string, a Uri or a request is for; <see langword="null"/> when it is for none, or nobody can tell.
    /// </summary>
    public static LogicalAddress? Read(IOperation? value, HttpSymbols symbols) =>
        ReadText(value, symbols, out var isWhole, 0) is { } text ? LogicalAddress.TryParse(text, isWhole) : null;

    private static string? ReadText(IOperation? value, HttpSymbols symbols, out bool isWhole, int depth)
    {
        isWhole = true;
        switch (depth++ > Deepest ? null : Known.Unwrap(value))
        {
            case { ConstantValue: { HasValue: true, Value: string text } }:
                return text;
            case IInterpolatedStringOperation interpolated:
                return Join(interpolated.Parts.Select(PartOf), symbols, out isWhole, depth);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                return Join([sum.LeftOperand, sum.RightOperand], symbols, out isWhole, depth);
            case IObjectCreationOperation creation when HttpSymbols.Same(creation.Type, symbols.Uri):
                return ReadText(Known.Argument(creation, "uriString") ?? Known.Argument(creation, "baseUri"), symbols, out isWhole, depth);
            case IObjectCreationOperation creation when HttpSymbols.Same(creation.Type, symbols.Request):
                var address = Known.Argument(creation, "requestUri") ?? Known.Initialized(creation, "RequestUri");
                return ReadText(address, symbols, out isWhole, depth);
            case ILocalReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation:
                return Known.ValueOf(Known.Unwrap(value)!) is { } known ? ReadText(known, symbols, out isWhole, depth) : null;
            default:
                return null;
        }
    }

    private static IOperation? PartOf(IInterpolatedStringContentOperation part) => part switch
    {
        IInterpolatedStringTextOperation text => text.Text,
        IInterpolationOperation { FormatString: null, Alignment: null } hole => hole.Expression,
        _ => null,
    };

    private static string? Join(IEnumerable<IOperation?> parts, HttpSymbols symbols, out bool isWhole, int depth)
    {
        var joined = "";
        foreach (var part in parts)
        {
            var text = ReadText(part, symbols, out isWhole, depth);
            joined += text;
            if (text is null || !isWhole)
            {
                isWhole = false;
                return joined.Length == 0 ? null : joined;
            }
        }

        isWhole = true;
        return joined;
    }
}
