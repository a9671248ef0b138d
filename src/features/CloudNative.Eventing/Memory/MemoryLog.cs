using System.Numerics;

namespace CloudNative.Eventing.Memory;

/// <summary>
/// The events of a topic by position, in a ring that is used again. The caller holds the topic's lock.
/// </summary>
internal sealed class MemoryLog
{
    private const int Smallest = 64;

    private MemoryEntry[] _ring = new MemoryEntry[Smallest];

    /// <summary>The position of the oldest event that is stored.</summary>
    public long First { get; private set; } = 1;

    /// <summary>The position that the next event gets.</summary>
    public long Next { get; private set; } = 1;

    public ref readonly MemoryEntry this[long position] => ref _ring[position & (_ring.Length - 1)];

    public long Append(in MemoryEntry entry)
    {
        if (Next - First == _ring.Length)
        {
            Resize(_ring.Length * 2);
        }

        _ring[Next & (_ring.Length - 1)] = entry;
        return Next++;
    }

    /// <summary>Forgets the oldest event.</summary>
    public void RemoveFirst() => _ring[First++ & (_ring.Length - 1)] = default;

    /// <summary>Gives back what a burst has taken, once a quarter would do.</summary>
    public void Shrink()
    {
        if (_ring.Length > Smallest && Next - First < _ring.Length / 4)
        {
            Resize((int)Math.Max(Smallest, BitOperations.RoundUpToPowerOf2((uint)(Next - First) * 2)));
        }
    }

    private void Resize(int length)
    {
        var larger = new MemoryEntry[length];
        for (var position = First; position < Next; position++)
        {
            larger[position & (length - 1)] = this[position];
        }

        _ring = larger;
    }
}
