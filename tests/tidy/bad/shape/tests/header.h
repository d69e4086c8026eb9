#include <string>
using namespace std;
