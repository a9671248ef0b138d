namespace CloudNative.Http.Analyzers.Addresses;

/// <summary>
/// An address whose host may be the name of a service: the rule of <c>CloudNative.Discovery.EndpointTable.IsCandidate</c>, as far as the
/// code can tell.
/// </summary>
/// <param name="Host">The host as it stands in the address.</param>
/// <param name="NeedsDiscovery">Whether only discovery understands it: <c>https+http://catalog</c>, <c>http://_a.catalog</c>.</param>
/// <param name="HasPort">Whether it names a port, as addresses of machines and containers do.</param>
internal sealed record LogicalAddress(string Host, bool NeedsDiscovery, bool HasPort)
{
    private static readonly char[] _ends = ['/', '?', '#'];

    /// <summary>Whether it hardly can be anything but a service.</summary>
    public bool IsService => NeedsDiscovery || !HasPort;

    /// <summary>Reads an absolute address, or the beginning of one when the rest is not known.</summary>
    public static LogicalAddress? TryParse(string text, bool isWhole)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal) + 3;
        if (start < 3 || !TryReadScheme(text.Substring(0, start - 3), out var isDual))
        {
            return null;
        }

        var end = text.IndexOfAny(_ends, start);
        if (end < 0 && !isWhole)
        {
            return null;
        }

        var authority = end < 0 ? text.Substring(start) : text.Substring(start, end - start);
        var colon = authority.IndexOf(':');
        var host = colon < 0 ? authority : authority.Substring(0, colon);
        var needsDiscovery = isDual || NamesEndpoint(host);
        return IsName(host) && (needsDiscovery || IsLabel(host)) ? new LogicalAddress(host, needsDiscovery, colon >= 0) : null;
    }

    private static bool TryReadScheme(string scheme, out bool isDual)
    {
        bool Is(string other) => string.Equals(scheme, other, StringComparison.OrdinalIgnoreCase);
        isDual = Is("https+http") || Is("http+https");
        return isDual || Is("http") || Is("https");
    }

    private static bool IsName(string host) =>
        host.Length > 0 && host.All(static value => char.IsLetterOrDigit(value) || value is '-' or '_' or '.');

    private static bool NamesEndpoint(string host) =>
        host.Length > 0
        && host[0] == '_'
        && host.IndexOf('.') is var dot
        && dot > 1
        && dot < host.Length - 1
        && !IsLocal(host.Substring(dot + 1));

    // A number, decimal or hexadecimal, is an IPv4 address in one piece.
    private static bool IsLabel(string host) =>
        host.IndexOf('.') < 0
        && !IsLocal(host)
        && !host.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        && !host.All(char.IsDigit);

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
