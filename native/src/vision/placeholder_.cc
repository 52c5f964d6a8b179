#include "vision/feature_row.h"
