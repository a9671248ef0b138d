using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CloudNative.Embedded.Events.Storage;

/// <summary>
/// What makes an event the same as another: 16 bytes made of source and id. Ids that are UUIDs of version 7 keep their time in front, so
/// that those of one moment lie side by side in the index and a commit touches few of its pages.
/// </summary>
internal static class EventIdentity
{
    public const int Length = 16;

    private const int TimeLength = 6;
    private const int LongestOnStack = 512;

    public static byte[] Of(long topic, string source, string id)
    {
        var length = 8 + Encoding.UTF8.GetMaxByteCount(source.Length) + 1 + Encoding.UTF8.GetMaxByteCount(id.Length);
        var text = length <= LongestOnStack ? stackalloc byte[length] : new byte[length];
        BinaryPrimitives.WriteInt64LittleEndian(text, topic);
        var end = 8 + Encoding.UTF8.GetBytes(source, text[8..]);
        text[end++] = 0;
        end += Encoding.UTF8.GetBytes(id, text[end..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..end], hash);
        var identity = new byte[Length];
        hash[..Length].CopyTo(identity);
        if (Guid.TryParseExact(id, "D", out var uuid) && uuid.Version == 7)
        {
            Span<byte> bytes = stackalloc byte[Length];
            uuid.TryWriteBytes(bytes, bigEndian: true, out _);
            bytes[..TimeLength].CopyTo(identity);
        }

        return identity;
    }
}
