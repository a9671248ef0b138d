using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace CloudNative.Kubernetes.Leases;

/// <summary>
/// What the Lease objects are called
/// (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names), so that different
/// leases never share one: <c>cloudnative.nightly</c> for a name that may stand there as it is; else with a digest
/// behind what can be read of it, <c>cloudnative.my-job.6f1c…</c>. A name that stands as it is has no dot.
/// </summary>
internal static class LeaseNames
{
    private const int LongestPlain = 150;
    private const int LongestReadable = 100;
    private const int DigestBytes = 20;

    public static string Of(string prefix, string name) =>
        IsPlain(name) ? $"{prefix}.{name}" : $"{prefix}.{Readable(name)}.{Digest(name)}";

    private static bool IsPlain(string name) =>
        name.Length <= LongestPlain
        && name.All(unit => char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit) || unit == '-')
        && name[0] != '-'
        && name[^1] != '-';

    private static string Readable(string name)
    {
        var text = new StringBuilder(LongestReadable);
        foreach (var unit in name)
        {
            if (text.Length == LongestReadable)
            {
                break;
            }

            if (char.IsAsciiLetterOrDigit(unit))
            {
                text.Append(char.ToLowerInvariant(unit));
            }
            else if (text.Length > 0 && text[^1] != '-')
            {
                text.Append('-');
            }
        }

        return text.ToString().TrimEnd('-') is { Length: > 0 } readable ? readable : "lease";
    }

    // Of the units as they are: as UTF-8 halves of surrogate pairs would all be the same.
    private static string Digest(string name) => Convert.ToHexStringLower(
        SHA256.HashData(MemoryMarshal.AsBytes(name.AsSpan())).AsSpan(0, DigestBytes));
}
