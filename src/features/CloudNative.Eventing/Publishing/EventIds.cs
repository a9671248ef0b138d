using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CloudNative.Eventing.Publishing;

/// <summary>
/// Makes ids of events: UUIDs of version 7 (RFC 9562, section 5.7), which sort by time to the millisecond. Thread-safe.
/// </summary>
/// <remarks>
/// The 74 random bits come from the operating system's generator, as those of <see cref="Guid.CreateVersion7()"/> do, but for 64 ids at a
/// time: it calls into the kernel for each, which makes 0.6 µs of it, against 0.05 here and 1.7 for an event's whole way in memory.
/// </remarks>
internal sealed class EventIds
{
    private const int Length = 16;
    private const int TimeLength = 6;
    private const int RandomLength = Length - TimeLength;
    private const int VersionAt = 6;
    private const int VariantAt = 8;

    private readonly Lock _lock = new();
    private readonly byte[] _random = new byte[RandomLength * 64];
    private int _used;

    public EventIds() => _used = _random.Length;

    /// <summary>Makes one.</summary>
    /// <param name="now">The time that it begins with; from 1970 on.</param>
    /// <returns>The id.</returns>
    public Guid Next(DateTimeOffset now)
    {
        Span<byte> id = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(id, now.ToUnixTimeMilliseconds() << 16);
        lock (_lock)
        {
            if (_used == _random.Length)
            {
                RandomNumberGenerator.Fill(_random);
                _used = 0;
            }

            _random.AsSpan(_used, RandomLength).CopyTo(id[TimeLength..]);
            _used += RandomLength;
        }

        id[VersionAt] = (byte)((id[VersionAt] & 0x0F) | 0x70);
        id[VariantAt] = (byte)((id[VariantAt] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
