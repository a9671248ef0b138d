using System.Globalization;
using System.Text;

namespace CloudNative.Kubernetes.Http;

/// <summary>Builds a path with its query.</summary>
internal sealed class ApiQuery(string path)
{
    private readonly StringBuilder _text = new(path);
    private bool _hasAny;

    public ApiQuery Add(KubernetesSelection selection) =>
        Add("labelSelector", selection.LabelSelector).Add("fieldSelector", selection.FieldSelector);

    public ApiQuery Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public ApiQuery Add(string name, string? value)
    {
        if (value is { Length: > 0 })
        {
            _text.Append(_hasAny ? '&' : '?').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            _hasAny = true;
        }

        return this;
    }

    public override string ToString() => _text.ToString();
}
