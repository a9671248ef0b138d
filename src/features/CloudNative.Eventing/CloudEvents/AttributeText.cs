using System.Buffers;
using System.Text;

namespace CloudNative.Eventing.CloudEvents;

/// <summary>The rules for names and string values of attributes (CloudEvents 1.0.2, sections 3.1 and 3.2).</summary>
internal static class AttributeText
{
    private const int FirstNoncharacter = 0xFDD0;
    private const int LastNoncharacter = 0xFDEF;

    /// <summary>Whether a name consists of lower-case ASCII letters and digits.</summary>
    public static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var value in name)
        {
            if (!char.IsAsciiLetterLower(value) && !char.IsAsciiDigit(value))
            {
                return false;
            }
        }

        return !name.IsEmpty;
    }

    /// <summary>Whether a value has no control characters, no noncharacters and no half of a surrogate pair.</summary>
    public static bool IsString(ReadOnlySpan<char> value)
    {
        while (!value.IsEmpty)
        {
            var length = 1;
            if (value[0] is < ' ' or > '~'
                && (Rune.DecodeFromUtf16(value, out var rune, out length) != OperationStatus.Done || IsForbidden(rune.Value)))
            {
                return false;
            }

            value = value[length..];
        }

        return true;
    }

    private static bool IsForbidden(int code) =>
        code is < 0x20 or (>= 0x7F and <= 0x9F) or (>= FirstNoncharacter and <= LastNoncharacter)
        || (code & 0xFFFE) == 0xFFFE;
}
