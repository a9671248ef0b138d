using System.Security.Cryptography;
using System.Text;

namespace CloudNative.RabbitMq.MassTransit;

/// <summary>MassTransit's ids are UUIDs; those of CloudEvents are any text.</summary>
internal static class MassTransitIds
{
    private const int UuidBytes = 16;
    private const int VersionByte = 6;
    private const int VariantByte = 8;

    /// <summary>
    /// An event's id, or, where it is no UUID, one that is always the same for it (version 8 of RFC 9562).
    /// </summary>
    public static Guid Of(string id, string source)
    {
        if (Guid.TryParse(id, out var uuid))
        {
            return uuid;
        }

        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\n{id}")).AsSpan(0, UuidBytes);
        bytes[VersionByte] = (byte)((bytes[VersionByte] & 0x0F) | 0x80);
        bytes[VariantByte] = (byte)((bytes[VariantByte] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
