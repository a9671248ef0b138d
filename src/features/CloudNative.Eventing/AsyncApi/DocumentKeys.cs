using System.Text;

namespace CloudNative.Eventing.AsyncApi;

/// <summary>
/// Gives each name of one map of the document a key of its own, of letters, digits, <c>.</c>, <c>-</c> and <c>_</c>:
/// what components may be called, and what a JSON pointer and a generator of code take as it is. Names in the same
/// order get the same keys.
/// </summary>
internal sealed class DocumentKeys
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public string Take(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            text.Append(char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' ? character : '_');
        }

        var (basis, key) = (text.ToString(), text.ToString());
        for (var number = 2; !_taken.Add(key); number++)
        {
            key = string.Create(null, $"{basis}_{number}");
        }

        return key;
    }
}
